package io.revoker.redis;

import io.revoker.domain.TokenStore.Cursor;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the members of an index set page by page, in the order of their expiries. */
final class IndexScan {
    private final RedisLink link;
    private final int pageSize;

    IndexScan(RedisLink link, int pageSize) {
        this.link = link;
        this.pageSize = pageSize;
    }

    /**
     * Some members.
     *
     * @param next empty after the last page
     */
    record Members(List<String> names, Optional<Cursor> next) {}

    /** Members that had expired when the first page was asked for are left out. */
    Future<Members> page(String key, Cursor cursor) {
        Position last = Position.parse(cursor);
        return link.send(Script.PAGE
                        .call(key)
                        .arg(last.member())
                        .arg(last.expiry())
                        .arg(pageSize))
                .map(this::members);
    }

    Future<Long> size(String key) {
        return link.send(Call.of(Command.ZCARD, key)).map(Response::toLong);
    }

    private Members members(Response reply) {
        int size = reply.size() / 2;
        List<String> names = IntStream.range(0, size)
                .mapToObj(i -> reply.get(2 * i).toString())
                .toList();
        Optional<Cursor> next = size < pageSize
                ? Optional.empty()
                : Optional.of(new Position(
                                names.get(size - 1), reply.get(2 * size - 1).toString())
                        .cursor());
        return new Members(names, next);
    }

    /** The member that a page ended with. */
    private record Position(String member, String expiry) {
        static Position parse(Cursor cursor) {
            int space = cursor.value().indexOf(' ');
            return cursor.equals(Cursor.START)
                    ? new Position("", "")
                    : new Position(
                            cursor.value().substring(space + 1), cursor.value().substring(0, space));
        }

        Cursor cursor() {
            return new Cursor(expiry + ' ' + member);
        }
    }
}
