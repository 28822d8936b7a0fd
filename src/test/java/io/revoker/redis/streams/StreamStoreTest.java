package io.revoker.redis.streams;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import io.revoker.domain.streams.EventStream.Status;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamStore;
import io.revoker.domain.streams.StreamStore.Position;
import io.revoker.domain.streams.StreamStore.Settled;
import io.revoker.domain.streams.StreamStore.Stored;
import io.revoker.redis.RedisBackend;
import io.revoker.testing.Backend;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of streams that several instances make at a time. */
@OnEveryRedis
class StreamStoreTest {
    private static final String ID = "stream";
    private static final Condition PAUSED = new Condition(Status.PAUSED, "why");
    private static final Notice NOTICE = new Notice(ID + ".u1p", Notice.Matter.updated(PAUSED));

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisServers.Server server;
    private RedisBackend.WorkPorts ports;
    private StreamStore store;

    StreamStoreTest(RedisServers.Server server) {
        this.server = server;
    }

    @BeforeEach
    void addAStream() {
        RedisBackend backend = Tuning.DEFAULT.backend(vertx, server.url(), Backend.newPrefix());
        ports = get(OnLoop.on(context, backend::openForWork));
        store = ports.streams();
        Settings settings = new Settings(Optional.empty(), List.of(), "");
        EventStream stream = new EventStream(ID, "follower", settings, Condition.ENABLED);
        assertThat(does(streams -> streams.add(stream, new Position(new Stamp(1), now))))
                .isTrue();
    }

    @AfterEach
    void close() {
        get(OnLoop.on(context, () -> ports.connection().close()));
        get(vertx.close());
    }

    @Test
    void tellsALossOnce() {
        Stored read = find();

        assertThat(does(streams -> streams.pause(read, PAUSED, NOTICE))).isTrue();
        assertThat(find().stream().condition()).isEqualTo(PAUSED);
        assertThat(find().notices()).containsExactly(NOTICE);
        deliver(NOTICE);

        assertThat(does(streams -> streams.pause(read, PAUSED, NOTICE)))
                .as("by another instance that read the stream before")
                .isFalse();
        assertThat(find().notices()).isEmpty();
    }

    /** What the receiver has changed meanwhile stays. */
    @Test
    void replacesAnEndpointThatIsAsItWasRead() {
        Endpoint read = new Endpoint("https://receiver.example/", Optional.of("by the old key"));
        Endpoint next = new Endpoint("https://receiver.example/", Optional.of("by the new key"));
        Endpoint changed = new Endpoint("https://receiver.example/other", Optional.of("by the new key"));
        change(read);

        assertThat(does(streams -> streams.replace(ID, read, next))).isTrue();
        assertThat(find().stream().settings().endpoint()).contains(next);
        change(changed);

        assertThat(does(streams -> streams.replace(ID, next, read))).isFalse();
        assertThat(does(streams -> streams.replace("unknown", next, read))).isFalse();
        assertThat(find().stream().settings().endpoint()).contains(changed);
    }

    private void change(Endpoint endpoint) {
        Settings settings = new Settings(Optional.of(endpoint), List.of(), "");
        assertThat(does(streams -> streams.change(ID, settings))).isTrue();
    }

    @Test
    void keepsWhatEventsArePushedWith() {
        Endpoint endpoint = new Endpoint("https://receiver.example/", Optional.of("encrypted"));
        Endpoint open = new Endpoint("https://receiver.example/", Optional.empty());

        for (Optional<Endpoint> one : List.of(Optional.of(endpoint), Optional.of(open), Optional.<Endpoint>empty())) {
            Settings settings = new Settings(one, List.of("urn:a", "urn:b"), "text");
            assertThat(does(streams -> streams.change(ID, settings))).isTrue();
            assertThat(find().stream().settings()).isEqualTo(settings);
        }
    }

    @Test
    void doesNotPauseAStreamThatGoesOnSinceItWasRead() {
        Stored read = find();
        ask(streams -> streams.pause(read, PAUSED, NOTICE));
        deliver(NOTICE);

        assertThat(does(streams -> streams.resume(ID, Condition.ENABLED, now.plusSeconds(1), Optional.empty())))
                .isTrue();
        assertThat(does(streams -> streams.pause(read, PAUSED, NOTICE))).isFalse();

        assertThat(find().stream().condition()).isEqualTo(Condition.ENABLED);
        assertThat(find().position().reached()).isEqualTo(now.plusSeconds(1));
        assertThat(find().notices()).isEmpty();
    }

    @Test
    void tellsOfEachGapOnce() {
        Stored read = find();

        assertThat(does(streams -> streams.passGap(read, new Stamp(7), NOTICE))).isTrue();
        deliver(NOTICE);
        assertThat(does(streams -> streams.passGap(read, new Stamp(7), NOTICE))).isFalse();
        assertThat(find().notices()).isEmpty();

        Stored later = find();
        assertThat(later.position().gap()).isEqualTo(new Stamp(7));
        assertThat(does(streams -> streams.passGap(later, new Stamp(8), NOTICE)))
                .isTrue();
        assertThat(find().notices()).containsExactly(NOTICE);
    }

    @Test
    void goesOnOnceAndOnlyIfItIsPaused() {
        Condition told = new Condition(Status.ENABLED, "lost");
        Notice notice = new Notice(ID + ".u1e", Notice.Matter.updated(told));
        assertThat(does(streams -> streams.resume(ID, told, now, Optional.of(notice))))
                .isFalse();
        Stored read = find();
        ask(streams -> streams.pause(read, PAUSED, NOTICE));
        deliver(NOTICE);

        assertThat(does(streams -> streams.resume(ID, told, now, Optional.of(notice))))
                .isTrue();
        assertThat(does(streams -> streams.resume(ID, told, now, Optional.of(notice))))
                .isFalse();

        assertThat(find().stream().condition()).isEqualTo(told);
        assertThat(find().notices()).containsExactly(notice);
    }

    @Test
    void tellsALossBesideVerificationsThatWait() {
        List<Notice> waiting = IntStream.range(0, StreamStore.MOST_NOTICES + 5)
                .mapToObj(i -> new Notice(ID + ".v" + i, Notice.Matter.verification(Optional.empty())))
                .toList();
        waiting.forEach(notice -> ask(streams -> streams.note(ID, notice, Duration.ZERO)));
        assertThat(find().notices()).hasSizeLessThan(waiting.size());

        Stored read = find();
        assertThat(does(streams -> streams.pause(read, PAUSED, NOTICE))).isTrue();

        assertThat(find().notices()).contains(NOTICE);
    }

    @Test
    void changesNoStreamThatIsNotThere() {
        Stored read = find();
        assertThat(does(streams -> streams.remove(ID))).isTrue();

        assertThat(does(streams -> streams.pause(read, PAUSED, NOTICE))).isFalse();
        assertThat(does(streams -> streams.passGap(read, new Stamp(7), NOTICE))).isFalse();
        assertThat(does(streams -> streams.resume(ID, PAUSED, now, Optional.empty())))
                .isFalse();
        ask(streams -> streams.keep(ID));
        assertThat(does(streams -> streams.abandon(ID, Duration.ZERO))).isFalse();

        assertThat(stored()).isEmpty();
    }

    @Test
    void removesAStreamOnlyWhenItsCallerWasUnknownForLong() {
        assertThat(does(streams -> streams.abandon(ID, Duration.ZERO)))
                .as("nothing was known of it")
                .isFalse();
        assertThat(does(streams -> streams.abandon(ID, Duration.ofHours(1)))).isFalse();
        ask(streams -> streams.keep(ID));
        assertThat(does(streams -> streams.abandon(ID, Duration.ofHours(1)))).isFalse();
        assertThat(find()).isNotNull();

        assertThat(does(streams -> streams.abandon(ID, Duration.ZERO))).isTrue();

        assertThat(stored()).isEmpty();
        List<String> ids = ask(StreamStore::ids);
        assertThat(ids).isEmpty();
    }

    private void deliver(Notice notice) {
        Settled settled = new Settled(new Position(new Stamp(1), now), Set.of(), Set.of(notice.id()));
        ask(streams -> streams.settle(ID, settled));
    }

    private Stored find() {
        return stored().orElseThrow();
    }

    private Optional<Stored> stored() {
        return ask(streams -> streams.find(ID));
    }

    private boolean does(Function<StreamStore, Future<Boolean>> request) {
        return ask(request);
    }

    private <T> T ask(Function<StreamStore, Future<T>> request) {
        return get(OnLoop.on(context, () -> request.apply(store)));
    }
}
