package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.revoker.domain.Stamp;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.KnownMarks;
import io.revoker.redis.keys.LayoutVersion;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An implementation of the store's ports that the contract is proved for. */
public record Backend(String name, Supplier<Opened> opener) {
    private static final Vertx VERTX = Vertx.vertx();

    /** Empty ports. */
    public record Opened(OnLoop ports, Runnable close) {}

    /** The model itself, and the store on every Redis. */
    public static Stream<Backend> all() {
        return Stream.concat(Stream.of(new Backend("memory", Backend::memory)), redis());
    }

    /** Every Redis, and one with data in the layout of before. */
    public static Stream<Backend> redis() {
        Stream<Backend> all = RedisServers.all().stream()
                .map(server -> new Backend(server.toString(), () -> openKnowing(server.url(), newPrefix())));
        Backend before = new Backend(
                "layout 1",
                () -> openKnowing(
                        Tuning.DEFAULT.layout(LayoutVersion.FIRST),
                        RedisServers.embedded().url(),
                        newPrefix()));
        return Stream.concat(all, Stream.of(before));
    }

    public static Opened open(Tuning tuning, String url, String prefix) {
        return open(tuning, url, prefix, () -> Stamp.NONE);
    }

    /** For an instance that knows of some mark that is the newest. */
    public static Opened open(Tuning tuning, String url, String prefix, KnownMarks knownMarks) {
        Context context = VERTX.getOrCreateContext();
        var ports = get(OnLoop.on(
                context, () -> tuning.backend(VERTX, url, prefix, knownMarks).open()));
        return new Opened(
                new OnLoop(context, ports.store(), ports.log(), ports.marks(), ports.ledger()),
                () -> get(OnLoop.on(context, () -> ports.connection().close())));
    }

    /** For an instance that knows that there are no marks yet: it registers in a single step where it can. */
    public static Opened openKnowing(String url, String prefix) {
        return openKnowing(Tuning.DEFAULT, url, prefix);
    }

    private static Opened openKnowing(Tuning tuning, String url, String prefix) {
        AtomicReference<Stamp> begin = new AtomicReference<>(Stamp.NONE);
        Opened opened = open(tuning, url, prefix, new KnownMarks() {
            @Override
            public Stamp newestMark() {
                return Stamp.NONE;
            }

            @Override
            public boolean hasAllUpTo(Stamp last) {
                return !last.isAfter(begin.get());
            }
        });
        askForPlace(opened.ports(), Grants.holder("first", "first"));
        begin.set(get(OnLoop.on(opened.ports().context(), opened.ports().store().jwts()::newestMark)));
        return opened;
    }

    /** Has an instance ask now in which hash a grant of a holder belongs, and not when it registers the next one. */
    public static void askForPlace(OnLoop instance, UserInRealm holder) {
        get(instance.register(Grants.access(holder, Duration.ofSeconds(-1))));
    }

    public static String newPrefix() {
        return "t-" + UUID.randomUUID();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Opened memory() {
        MemoryStore store = new MemoryStore(InstantSource.system());
        return new Opened(new OnLoop(VERTX.getOrCreateContext(), store, store, store, store), () -> {});
    }
}
