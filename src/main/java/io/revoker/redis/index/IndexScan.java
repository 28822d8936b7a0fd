package io.revoker.redis.index;

import io.revoker.domain.Problem;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the members of an index set page by page, in the order of their expiries. */
public final class IndexScan {
    private static final Position BEGINNING = new Position("", "");

    private static final Pattern POSITION = Pattern.compile("([0-9]*)-([0-9]*)");

    private final RedisLink link;

    public IndexScan(RedisLink link) {
        this.link = link;
    }

    /**
     * A page of members, with the expiry of each.
     *
     * @param expiries in seconds
     * @param next empty after the last page
     */
    public record Members(List<String> names, List<Long> expiries, Optional<Cursor> next) {}

    /**
     * The next page, of at most {@code size} members. Those that had expired when the first page was requested are
     * left out.
     *
     * @param cursor where a page of the same index set ended
     */
    public Future<Members> page(String key, Cursor cursor, int size) {
        Position last = cursor instanceof Position position ? position : BEGINNING;
        return link.send(ask(key, last, size)).map(reply -> members(reply, size));
    }

    /** The first members, as they are after a call that was sent in the same turn of the event loop. */
    Future<Members> pageAfter(Future<?> earlier, String key, int size) {
        return link.sendAfter(earlier, ask(key, BEGINNING, size)).map(reply -> members(reply, size));
    }

    private static Call ask(String key, Position last, int size) {
        return Script.PAGE.call(key).arg(last.member()).arg(last.expiry()).arg(size);
    }

    /** Those of some names, at most a page of them, that are members and have not expired. */
    Future<Set<String>> membersAmong(String key, List<String> names) {
        if (names.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        Call call = Script.HAS.call(key);
        names.forEach(call::arg);
        return link.send(call)
                .map(reply -> IntStream.range(0, names.size())
                        .filter(i -> reply.get(i).toInteger() == 1)
                        .mapToObj(names::get)
                        .collect(Collectors.toSet()));
    }

    Future<Long> size(String key) {
        return link.send(Call.of(Command.ZCARD, key)).map(Response::toLong);
    }

    private static Members members(Response reply, int asked) {
        int size = reply.size() / 2;
        List<String> names = IntStream.range(0, size)
                .mapToObj(i -> reply.get(2 * i).toString())
                .toList();
        List<Long> expiries = IntStream.range(0, size)
                .mapToObj(i -> reply.get(2 * i + 1).toLong())
                .toList();
        Optional<Cursor> next = size < asked
                ? Optional.empty()
                : Optional.of(new Position(
                        names.get(size - 1), reply.get(2 * size - 1).toString()));
        return new Members(names, expiries, next);
    }

    /** Behind a member of a page, or at the beginning if its expiry is empty. */
    static Cursor behind(String member, String expiry) {
        return new Position(member, expiry);
    }

    /** Where a scan of members that are numbers continues, as text. */
    public static String text(Cursor cursor) {
        return cursor instanceof Position position ? position.member() + '-' + position.expiry() : "-";
    }

    /** Parses that text. Fails with a {@link Problem} of kind invalid. */
    public static Cursor parse(String text) {
        Matcher parts = POSITION.matcher(text);
        if (!parts.matches()) {
            throw Problem.invalid("after: not the next of a page");
        }
        return new Position(parts.group(1), parts.group(2));
    }

    /** The member that a page ended with. */
    private record Position(String member, String expiry) implements Cursor {}
}
