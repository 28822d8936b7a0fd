package io.revoker.audit;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.audit.chain.ChainCheck;
import io.revoker.domain.RealmScope;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.Act.Kind;
import io.revoker.domain.audit.AuditRequests.Filter;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Order;
import io.revoker.domain.audit.AuditRequests.Page;
import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.domain.audit.AuditStore.Trimmed;
import io.revoker.domain.audit.AuditTrail;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.audit.Result;
import io.revoker.redis.RedisBackend;
import io.revoker.testing.Api;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The trail of one event loop on a Redis: what is kept apart, what goes, and what is said twice. */
class TrailTest {
    private static final Origin OPS = new Origin("ops", "127.0.0.1", "test");
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(100);

    private final String key = Api.fresh("trail") + ":{log}:audit";
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Map<Series, Trimmed> sizes = new ConcurrentHashMap<>();
    private final List<String> copied = new ArrayList<>();
    private RedisClient redis;
    private RedisBackend.WorkPorts ports;
    private AuditTrail trail = AuditTrail.NONE;

    @BeforeEach
    void connect() {
        redis = RedisClient.of(RedisServers.embedded().url());
        RedisBackend backend =
                Tuning.DEFAULT.backend(vertx, RedisServers.embedded().url(), key.substring(0, key.indexOf(':')));
        ports = get(OnLoop.on(context, backend::openForWork));
    }

    @AfterEach
    void disconnect() {
        get(OnLoop.on(context, () -> trail.close().eventually(ports.connection()::close)));
        get(vertx.close());
        redis.close();
    }

    private Trimmed counts() {
        return Objects.requireNonNull(sizes.get(Series.COUNTS), "trimmed a moment ago");
    }

    private TrailSettings settings(Duration retention, long bytes, Duration longestAct) {
        return new TrailSettings(retention, bytes, OFTEN, longestAct, Optional.empty(), copied::addAll, sizes::put);
    }

    private void open(TrailSettings settings) {
        trail = get(OnLoop.on(
                context,
                () -> Future.succeededFuture(new Trail(context, ports.audit(), settings, InstantSource.system()))));
    }

    private <T> T on(Supplier<Future<T>> action) {
        return get(OnLoop.on(context, action));
    }

    private static Act act(String subject) {
        return Act.of(Kind.UNLOCK, OPS, subject);
    }

    private Future<String> act(String subject, Future<String> work) {
        return trail.of(
                act(subject),
                keeping -> keeping.announced().compose(kept -> work),
                done -> Optional.of(Result.of(Result.State.DONE)));
    }

    private void refuse(String caller) {
        on(() -> trail.note(
                Act.of(Kind.REQUEST, OPS.by(caller), ""), Result.of(Result.State.REFUSED, "unauthenticated")));
    }

    private List<String> entries(Order order, int limit) {
        return entries(Filter.ALL, order, limit);
    }

    private List<String> entries(Filter filter, Order order, int limit) {
        List<String> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Find find = new Find(RealmScope.ALL, filter, order, after, limit);
            Page page = on(() -> trail.find(find));
            all.addAll(page.lines());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private List<ChainCheck.Finding> findings() {
        ChainCheck check = ChainCheck.ofAll(on(trail::chains).chains());
        entries(Order.OLDEST_FIRST, 1000).forEach(check::add);
        return check.findings(on(trail::chains).chains());
    }

    /** As after another instance has made an entry of it, because this one stood still. */
    @Test
    void namesAnActOfWhichAnotherInstanceHasWrittenThatItsEndIsNotKnown() {
        open(settings(LONG, 1_000_000, Duration.ofMillis(1)));
        Promise<String> work = Promise.promise();
        Future<String> late = OnLoop.on(context, () -> act("late", work.future()));
        until("announced", () -> redis.number("HLEN", key + ":announced") == 1);
        String name = ((List<?>) redis.call("HKEYS", key + ":announced")).get(0).toString();
        redis.call("HDEL", key + ":announced", name);

        work.complete("done");
        get(late);
        on(() -> act("in time", Future.succeededFuture("done")));

        assertThat(entries(Order.OLDEST_FIRST, 10)).hasSize(2);
        assertThat(entries(Order.OLDEST_FIRST, 10).get(0)).contains("\"subject\":\"late\"", "\"act\":\"" + name + '"');
        assertThat(entries(Order.OLDEST_FIRST, 10).get(1)).doesNotContain("\"act\"");
        assertThat(findings()).isEmpty();
    }

    @Test
    void writesTogetherWhatOthersHaveLeftBehind() {
        for (int i = 0; i < 200; i++) {
            redis.call(
                    "HSET", key + ":announced", "dead/" + i, "1 \"time\":\"2026-01-31T12:00:00Z\",\"kind\":\"stop\"");
        }
        open(settings(LONG, 1_000_000, LONG));
        until("told", () -> redis.number("HLEN", key + ":announced") == 0);

        assertThat(entries(Order.NEWEST_FIRST, 1000))
                .hasSize(200)
                .allSatisfy(entry -> assertThat(entry).contains("\"outcome\":\"unknown\"", "\"act\":\"dead/"));
        assertThat(redis.number("XLEN", key)).isLessThan(20);
        assertThat(findings()).isEmpty();
    }

    @Test
    void writesWhatIsUnderWayBeforeItIsClosed() {
        open(settings(LONG, 1_000_000, LONG));
        Promise<String> done = Promise.promise();
        Promise<String> nothing = Promise.promise();
        Future<String> act = OnLoop.on(context, () -> act("done", done.future()));
        Future<String> none = OnLoop.on(
                context,
                () -> trail.of(
                        act("none"),
                        keeping -> keeping.announced().compose(kept -> nothing.future()),
                        it -> Optional.empty()));
        Future<String> counted = OnLoop.on(
                context,
                () -> trail.counted(
                        Act.of(Kind.REGISTRATION, OPS, ""), () -> Future.succeededFuture("x"), it -> "created"));
        get(counted);
        until("announced", () -> redis.number("HLEN", key + ":announced") >= 2);

        Future<Void> closed = OnLoop.on(context, trail::close);
        until("what was counted is written", () -> redis.number("XLEN", key + ":counts") == 1);
        for (int i = 0; i < 3; i++) {
            on(trail::chains);
        }
        assertThat(closed.isComplete()).isFalse();
        done.fail("interrupted");
        nothing.complete("not found");
        get(closed);

        assertThat(act.failed()).isTrue();
        assertThat(get(none)).isEqualTo("not found");
        assertThat(redis.number("HLEN", key + ":announced")).isZero();
        assertThat(entries(Order.OLDEST_FIRST, 10))
                .hasSize(2)
                .anySatisfy(entry -> assertThat(entry).contains("\"outcome\":\"failed\""))
                .anySatisfy(entry -> assertThat(entry).contains("\"created\":1"));
    }

    @Test
    void removesWhatIsTooOld() {
        open(settings(Duration.ofMillis(300), 1_000_000, LONG));
        on(() -> act("old", Future.succeededFuture("done")));
        refuse("stranger");

        until("removed", () -> redis.number("XLEN", key) == 0 && redis.number("XLEN", key + ":counts") == 0);
        until(
                "nothing is left",
                () -> sizes.size() == 2 && sizes.values().stream().allMatch(rest -> rest.bytes() == 0));

        assertThat(sizes.values()).allSatisfy(rest -> assertThat(rest.oldest()).isEmpty());
        assertThat(sizes.values()).noneMatch(Trimmed::early);
        assertThat(findings()).isEmpty();
    }

    @Test
    void letsNothingThatIsCountedPushOutAnAct() {
        open(settings(LONG, 8_000, LONG));
        on(() -> act("the first", Future.succeededFuture("done")));
        for (int i = 0; i < 100; i++) {
            refuse("stranger " + i);
        }
        until("some are removed", () -> sizes.containsKey(Series.COUNTS) && redis.number("XLEN", key + ":counts") < 20);
        until("measured", () -> counts().bytes() > 0 && sizes.containsKey(Series.ACTS));

        assertThat(entries(Order.OLDEST_FIRST, 1000).get(0)).contains("the first");
        assertThat(counts().bytes()).isLessThanOrEqualTo(2_000);
        assertThat(counts().oldest()).isPresent();
        assertThat(findings()).isEmpty();
    }

    @Test
    void givesBothSeriesInOneOrderPageByPage() {
        open(settings(LONG, 1_000_000, LONG));
        for (int i = 0; i < 7; i++) {
            int number = i;
            on(() -> act("act " + number, Future.succeededFuture("done")));
            refuse("stranger " + number);
        }
        List<String> all = new ArrayList<>(entries(Order.OLDEST_FIRST, 1000));
        assertThat(all).hasSize(14).containsExactlyInAnyOrderElementsOf(copied);

        for (int limit : List.of(1, 3, 14)) {
            assertThat(entries(Order.OLDEST_FIRST, limit)).containsExactlyElementsOf(all);
        }
        Collections.reverse(all);
        assertThat(entries(Order.NEWEST_FIRST, 3)).containsExactlyElementsOf(all);
    }

    /** Two packs with the same id, one in each stream. */
    @Test
    void losesNothingBetweenPacksOfTheSameTime() {
        for (String stream : List.of(key, key + ":counts")) {
            for (String id : List.of("5-0", "5-1")) {
                redis.call("XADD", stream, id, "chain", "c", "lines", "{\"in\":\"" + stream + id + "\"}");
            }
        }
        open(settings(Duration.ofDays(36_500), 1_000_000, LONG));
        List<String> expected = List.of(key + "5-0", key + ":counts5-0", key + "5-1", key + ":counts5-1").stream()
                .map(place -> "{\"in\":\"" + place + "\"}")
                .toList();

        assertThat(entries(Order.OLDEST_FIRST, 1)).containsExactlyElementsOf(expected);
        List<String> reversed = new ArrayList<>(expected);
        Collections.reverse(reversed);
        assertThat(entries(Order.NEWEST_FIRST, 1)).containsExactlyElementsOf(reversed);
    }

    /** With the longest {@code audit.interval}: it has the time when counting began, and is written at its end. */
    @Test
    void findsWhatWasCountedUpToATimeAndWrittenAnHourLater() {
        Instant first = Instant.now().minus(Duration.ofHours(3));
        String entry = keptAfter(LONG, ":counts", first);
        open(settings(Duration.ofDays(1), 1_000_000, Duration.ofMinutes(1)));

        assertThat(within(first, Find.MOST)).containsExactly(entry);
        assertThat(within(first, 1)).containsExactly(entry);
    }

    /** Acts end much sooner than the counting of others: their entries are not read for an hour more. */
    @Test
    void findsAnActUpToATimeAsLongAsActsTake() {
        Instant first = Instant.now().minus(Duration.ofHours(3));
        String counts = keptAfter(LONG, ":counts", first);
        String soon = keptAfter(Duration.ofMinutes(10), "", first);
        String late = keptAfter(Duration.ofMinutes(50), "", first);
        open(settings(Duration.ofDays(1), 1_000_000, Duration.ofMinutes(1)));
        assertThat(within(first, Find.MOST)).containsExactly(counts, soon);
        assertThat(within(first, 1)).containsExactly(counts, soon);
        on(trail::close);

        open(settings(Duration.ofDays(1), 1_000_000, Duration.ofMinutes(50)));
        assertThat(within(first, Find.MOST)).containsExactly(counts, late, soon);
        assertThat(within(first, 1)).containsExactly(counts, late, soon);
    }

    /** An entry of a time, written later. */
    private String keptAfter(Duration later, String series, Instant time) {
        String entry = "{\"time\":\"" + time + "\",\"kept\":\"" + later + "\"}";
        redis.call("XADD", key + series, time.plus(later).toEpochMilli() + "-0", "chain", "c", "lines", entry);
        return entry;
    }

    /** The entries of a second, page by page. */
    private List<String> within(Instant first, int limit) {
        Filter second = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(first),
                Optional.of(first.plusSeconds(1)));
        return entries(second, Order.NEWEST_FIRST, limit);
    }

    @Test
    void canBeReadBesideANoteThatNobodyWrites() {
        redis.call("HSET", key + ":announced", "dead/1", "done 1 1 0 1 \"kind\":\"revocation\"");
        trail = on(() -> Future.succeededFuture(
                new ClosedTrail(context, ports.audit(), settings(LONG, 1_000_000, LONG), InstantSource.system())));

        assertThat(entries(Order.OLDEST_FIRST, 10)).isEmpty();
    }

    @Test
    void canBeReadWhenNothingIsAddedAnyMore() {
        open(settings(LONG, 1_000_000, LONG));
        on(() -> act("before", Future.succeededFuture("done")));
        on(trail::close);

        trail = on(() -> Future.succeededFuture(
                new ClosedTrail(context, ports.audit(), settings(LONG, 1_000_000, LONG), InstantSource.system())));
        on(() -> act("after", Future.succeededFuture("done")));

        assertThat(entries(Order.OLDEST_FIRST, 10)).singleElement().asString().contains("before");
        assertThat(findings()).isEmpty();
    }

    /** However many there are; what is about to be done is none of them. */
    @Test
    void allActsThatAreNotedAreFound() {
        for (int i = 0; i < 40; i++) {
            List<String> notes = new ArrayList<>(List.of("HSET", key + ":announced"));
            for (int j = 0; j < 500; j++) {
                notes.addAll(
                        List.of("dead/" + i + '/' + j, "done 1795363200000000 1 0 1795363205000000 \"time\":\"\""));
            }
            redis.call(notes.toArray(new String[0]));
        }
        redis.call("HSET", key + ":announced", "dead/announced", "1795363205000000 \"time\":\"\"");

        assertThat(on(() -> ports.audit().noted())).hasSize(20_000);
    }
}
