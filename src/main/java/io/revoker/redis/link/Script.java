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
 * The scripts. Each works on the keys of one slot, and may be repeated. They are loaded whenever a connection is
 * opened, and called by their digest.
 *
 * <p>An error within a script is returned as a reply, not as an error: an error reply would discard the replies of the
 * whole batch, and the counts of its other scripts with them.
 */
public enum Script {
    APPEND("stamps", "targets", "enter", "locks"),
    LOCK("locks"),
    LOCKS,
    UNLOCK("stamps"),
    STAMP("stamps"),
    LAST,
    GO_ON("stamps"),
    SLICE,
    RAISE,
    MARKS,
    UNMARK,
    DUE,
    INDEX("lifetimes"),
    PUT("lifetimes"),
    GRANT("lifetimes"),
    CORRECT,
    REMOVE,
    RECORD,
    REFRESH,
    STATUS_OPEN("lifetimes"),
    STATUS_ALLOCATE("lifetimes"),
    STATUS_ATTACH("lifetimes"),
    RESERVE("lifetimes"),
    ANSWER("lifetimes"),
    REBIRTH,
    INVALIDATE,
    INDEXED,
    PAGE,
    SWEEP,
    SELECT,
    EXPECT,
    CLAIM("targets", "ended"),
    RENEW,
    END("targets", "ended"),
    UNDELIVERED("targets"),
    DELIVERED("targets"),
    AMEND,
    LIST,
    STREAM_ADD,
    STREAM_SET,
    STREAM_TELL,
    STREAM_NOTE,
    STREAM_SETTLE,
    STREAM_LEASE,
    STREAM_DROP,
    CONFIRM,
    FOLLOWERS,
    STREAM_ATTEND,
    NEAR,
    NEAR_HELD,
    AUDIT_ANNOUNCE,
    AUDIT_WRITE,
    AUDIT_TRIM,
    PROBE;

    private static final String FAILURE = "!";

    /** No script returns a list of this size otherwise. */
    private static final int FAILURE_SIZE = 3;

    private static final String CAUGHT = "local ok, reply = pcall(function()\n%s\nend)\n"
            + "if ok then return reply end\n"
            + "return {'" + FAILURE + "', type(reply) == 'table' and reply.err or tostring(reply), 0}\n";

    private final String text;
    private final String digest;

    /** @param libraries Lua files of the folder {@code lib} that are put before the script */
    Script(String... libraries) {
        StringBuilder lua = new StringBuilder();
        for (String library : libraries) {
            lua.append(read("lib/" + library));
        }
        this.text = CAUGHT.formatted(lua.append(read(name().toLowerCase(Locale.ROOT))));
        this.digest = sha1(text);
    }

    /** A call without its arguments yet. */
    public Call call(String... keys) {
        return call(List.of(keys));
    }

    /** A call without its arguments yet. */
    public Call call(List<String> keys) {
        Request call = Request.cmd(Command.EVALSHA).arg(digest).arg(keys.size());
        keys.forEach(call::arg);
        return new Call(keys.get(0), call, name().toLowerCase(Locale.ROOT));
    }

    Request load() {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(text);
    }

    /** The error within a script, if the reply is one. */
    static Optional<String> failure(Response reply) {
        return reply.type() == ResponseType.MULTI
                        && reply.size() == FAILURE_SIZE
                        && reply.get(0).toString().equals(FAILURE)
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

    /** Redis identifies a script by the SHA-1 of its text; security does not depend on it. */
    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
