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
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scripts. Each works on the keys of one slot, and may be repeated. They are loaded whenever a connection is
 * opened, and called by their digest.
 *
 * <p>An error within a script is returned as a reply, not as an error: an error reply would discard the replies of the
 * whole batch, and the counts of its other scripts with them.
 */
public enum Script {
    APPEND("time", "stamps", "last", "targets", "enter", "locks", "events"),
    ENTRY("time", "stamps", "events", "single"),
    LOCK("locks", "first"),
    LOCKS,
    UNLOCK("time", "stamps"),
    STAMP("time", "stamps"),
    LAST,
    GO_ON("time", "stamps"),
    SLICE,
    RAISE("first"),
    MARKS,
    UNMARK,
    DUE,
    INDEX("time", "lifetimes"),
    PUT("time", "lifetimes"),
    GRANT("time", "lifetimes", "grants"),
    REGISTER("time", "last", "lifetimes", "grants"),
    CORRECT,
    REMOVE,
    RECORD,
    REFRESH,
    STATUS_OPEN("time", "lifetimes"),
    STATUS_ALLOCATE("time", "lifetimes"),
    STATUS_ATTACH("time", "lifetimes"),
    RESERVE("time", "lifetimes"),
    ANSWER("time", "lifetimes"),
    REBIRTH,
    INVALIDATE("time", "first", "weigh"),
    REVOKE("time", "first", "stamps", "events", "single", "weigh", "notes"),
    INDEXED,
    PAGE,
    HAS,
    SWEEP,
    SWEEP_SHARED("time", "weigh", "select"),
    SELECT("select"),
    EXPECT,
    CLAIM("targets", "ended"),
    RENEW,
    END("targets", "ended"),
    UNDELIVERED("targets"),
    DELIVERED("targets"),
    AMEND,
    LIST,
    STREAM_ADD,
    STREAM_SET("first"),
    STREAM_TELL("first"),
    STREAM_NOTE,
    STREAM_SETTLE("first"),
    STREAM_LEASE,
    STREAM_DROP,
    CONFIRM,
    FOLLOWERS,
    STREAM_ATTEND,
    NEAR,
    NEAR_HELD,
    AUDIT_ANNOUNCE("first"),
    AUDIT_WRITE("time"),
    AUDIT_TRIM,
    AUDIT_DROP,
    LAYOUT("first"),
    PROBE,
    /** The scripts that are called often, see {@link Group}. */
    GROUP(APPEND, ENTRY, INDEX, PUT, GRANT, REGISTER, INVALIDATE, REVOKE, AUDIT_ANNOUNCE, AUDIT_WRITE);

    private static final String FAILURE = "!";

    /** No script returns a list of this size otherwise. */
    private static final int FAILURE_SIZE = 3;

    private static final String FAILED = "local function failure(reply)\n"
            + "return {'" + FAILURE + "', type(reply) == 'table' and reply.err or tostring(reply), 0}\n"
            + "end\n";

    private static final String CAUGHT = FAILED + "local ok, reply = pcall(function()\n%s\nend)\n"
            + "if ok then return reply end\n"
            + "return failure(reply)\n";

    private static final Set<Script> GROUPED = EnumSet.copyOf(GROUP.members);

    private final String called = name().toLowerCase(Locale.ROOT);

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final List<String> libraries;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final List<Script> members;

    private final String text;
    private final String digest;

    /** @param libraries Lua files of the folder {@code lib} that are put before the script */
    Script(String... libraries) {
        this.libraries = List.of(libraries);
        this.members = List.of();
        this.text = CAUGHT.formatted(libraries() + body());
        this.digest = sha1(text);
    }

    /** One that calls others, which it has in a table; none of them deletes a key that another one may have kept. */
    Script(Script first, Script... others) {
        this.members = Stream.concat(Stream.of(first), Stream.of(others)).toList();
        this.libraries = members.stream()
                .flatMap(member -> member.libraries.stream())
                .distinct()
                .toList();
        String functions = members.stream()
                .map(member -> "function scripts." + member.called + "(KEYS, ARGV)\n" + member.body() + "end\n")
                .collect(Collectors.joining());
        this.text = CAUGHT.formatted(libraries() + "local scripts = {}\n" + functions + body());
        this.digest = sha1(text);
    }

    private String libraries() {
        return libraries.stream().map(library -> read("lib/" + library)).collect(Collectors.joining());
    }

    private String body() {
        return read(called);
    }

    private Call.Place place() {
        return GROUPED.contains(this) ? Call.Place.GROUP : Call.Place.ALONE;
    }

    String digest() {
        return digest;
    }

    /** A call without its arguments yet. */
    public Call call(String... keys) {
        return call(List.of(keys));
    }

    /** A call without its arguments yet. */
    public Call call(List<String> keys) {
        Request call = Request.cmd(Command.EVALSHA).arg(digest).arg(keys.size());
        keys.forEach(call::arg);
        return new Call(keys.get(0), call, called, place(), keys.size());
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

    static String read(String name) {
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
