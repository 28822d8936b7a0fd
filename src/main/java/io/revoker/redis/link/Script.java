package io.revoker.redis.link;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The scripts: each works on the keys of one slot, and may be repeated. Loaded whenever a connection is made, called by their digest.
 *
 * <p>What goes wrong within a script is a reply, not an error: an error would take the replies of the whole batch with it, and with them what its
 * scripts have counted.
 */
public enum Script {
    APPEND("stamps", "targets", "enter"),
    STAMP("stamps"),
    LAST,
    GO_ON("stamps"),
    SLICE,
    RAISE,
    UNMARK,
    DUE,
    INDEX("lifetimes"),
    PUT("lifetimes"),
    GRANT("lifetimes"),
    CORRECT,
    REMOVE,
    REBIRTH,
    INVALIDATE,
    INDEXED,
    PAGE,
    SWEEP,
    EXPECT,
    CLAIM("targets", "ended"),
    RENEW,
    END("targets", "ended"),
    UNHEARD("targets"),
    HEARD("targets"),
    AMEND,
    LIST,
    MARK;

    private static final String FAULT = "!";

    /** No script answers a list of this size. */
    private static final int FAULT_SIZE = 3;

    private static final String CAUGHT = "local ok, reply = pcall(function()\n%s\nend)\n"
            + "if ok then return reply end\n"
            + "return {'" + FAULT + "', type(reply) == 'table' and reply.err or tostring(reply), 0}\n";

    private final String text;
    private final String digest;

    /** @param libraries what stands before it */
    Script(String... libraries) {
        StringBuilder lua = new StringBuilder();
        for (String library : libraries) {
            lua.append(read(library));
        }
        this.text = CAUGHT.formatted(lua.append(read(name().toLowerCase(Locale.ROOT))));
        this.digest = sha1(text);
    }

    /** A call that still lacks its arguments. */
    public Call call(String... keys) {
        return call(List.of(keys));
    }

    /** A call that still lacks its arguments. */
    public Call call(List<String> keys) {
        Request call = Request.cmd(Command.EVALSHA).arg(digest).arg(keys.size());
        keys.forEach(call::arg);
        return new Call(keys.get(0), call, name().toLowerCase(Locale.ROOT));
    }

    Request load() {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(text);
    }

    /** What went wrong within a script, if that is what its reply says. */
    static Optional<String> fault(Response reply) {
        return reply.type() == ResponseType.MULTI
                        && reply.size() == FAULT_SIZE
                        && reply.get(0).toString().equals(FAULT)
                ? Optional.of(reply.get(1).toString())
                : Optional.empty();
    }

    private static String read(String name) {
        String resource = "/io/revoker/redis/" + name + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + ": not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Redis names a script by the SHA-1 of its text; nothing rests on its strength. */
    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
