package io.revoker.redis.index;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.link.ServerLink;
import io.revoker.testing.Backend;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a bulk load thousands of members have the same expiry, and any of them may get a later one between two pages. */
class IndexScanTest {
    private static final List<String> MEMBERS = List.of("", "A", "B", "Ba", "a", "aa", "ab", "b", "z", "é", "日", "🔑");
    private final long expiry = Instant.now().getEpochSecond() + 3600;

    private final String set = Backend.newPrefix();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisClient redis = RedisClient.of(RedisServers.embedded().url());
    private final ServerLink link = OnLoop.opened(
            context,
            () -> new ServerLink(
                    vertx, Tuning.DEFAULT.redis(RedisServers.embedded().url())));

    @AfterEach
    void close() {
        get(OnLoop.on(context, link::close));
        redis.close();
        get(vertx.close());
    }

    @Test
    void readsEachMemberOnce() {
        MEMBERS.forEach(member -> add(member, expiry));
        add("before", expiry - 1);
        add("expired", expiry - 7200);

        assertThat(scan(3, last -> {})).hasSize(MEMBERS.size() + 1).doesNotHaveDuplicates();
    }

    @Test
    void readsNoOtherMemberAgainWhenTheLastOneOfAPageMoves() {
        MEMBERS.forEach(member -> add(member, expiry));

        List<String> read = scan(1, last -> add(last, expiry + 1));

        assertThat(read.subList(0, MEMBERS.size())).containsExactlyInAnyOrderElementsOf(MEMBERS);
        assertThat(read.subList(MEMBERS.size(), read.size()))
                .hasSize(MEMBERS.size())
                .doesNotHaveDuplicates();
    }

    @Test
    void goesOnBehindTheLastOneOfAPageThatHasGone() {
        MEMBERS.forEach(member -> add(member, expiry));

        assertThat(scan(5, last -> redis.call("ZREM", set, last))).containsExactlyInAnyOrderElementsOf(MEMBERS);
    }

    private void add(String member, long until) {
        redis.call("ZADD", set, Long.toString(until), member);
    }

    /** @param between gets the last member of each page before the next one is read */
    private List<String> scan(int size, Consumer<String> between) {
        List<String> read = new ArrayList<>();
        Optional<Cursor> next = Optional.of(Cursor.START);
        IndexScan index = new IndexScan(link);
        while (next.isPresent() && read.size() <= 3 * MEMBERS.size()) {
            Cursor from = next.get();
            Members page = get(OnLoop.on(context, () -> index.page(set, from, size)));
            read.addAll(page.names());
            if (page.next().isPresent()) {
                between.accept(page.names().get(page.names().size() - 1));
            }
            next = page.next();
        }
        return read;
    }
}
