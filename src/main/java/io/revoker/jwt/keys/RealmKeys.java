package io.revoker.jwt.keys;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one realm, client or reporter. A failed fetch changes nothing: the last good ones stay. There is never
 * more than one fetch under way. Serves all threads; a result may come on any of them.
 */
public final class RealmKeys {
    private static final Logger LOG = LoggerFactory.getLogger(RealmKeys.class);

    private final Owner owner;
    private final KeySource source;
    private final Optional<KeyStore> store;
    private final long interval;
    private volatile State state = new State(Optional.empty(), Outcome.NONE, Instant.EPOCH);
    private volatile Future<Void> kept = Future.succeededFuture();
    private Optional<Future<State>> underWay = Optional.empty();
    private long begun;

    /** How the last fetch ended. */
    public enum Outcome {
        /** There was none. */
        NONE,
        FETCHED,
        FAILED
    }

    /**
     * What is known.
     *
     * @param keys the last good ones
     * @param fetched when they were fetched
     */
    public record State(Optional<KeySet> keys, Outcome last, Instant fetched) {}

    /**
     * Whose keys they are.
     *
     * @param fetched gets the outcome of each fetch
     */
    public record Owner(Kind kind, String name, Consumer<Outcome> fetched) {
        /** What the name is of. */
        public enum Kind {
            /** The issuer of its tokens has the keys. */
            REALM("realm", "the issuer"),
            CLIENT("client", "the client"),
            /** Of leaked tokens. */
            REPORTER("reporter", "the reporter");

            private final String key;
            private final String text;

            Kind(String key, String text) {
                this.key = key;
                this.text = text;
            }

            /** In messages. */
            public String text() {
                return text;
            }
        }
    }

    /**
     * @param store keeps the last good ones; absent to keep them in memory only
     * @param interval shortest time between two fetches that tokens cause
     */
    public RealmKeys(Owner owner, KeySource source, Optional<KeyStore> store, Duration interval) {
        this.owner = owner;
        this.source = source;
        this.store = store;
        this.interval = interval.toNanos();
    }

    public Owner.Kind ownerKind() {
        return owner.kind();
    }

    public State state() {
        return state;
    }

    public Duration interval() {
        return Duration.ofNanos(interval);
    }

    /** Takes what was kept of an earlier run, and then fetches. */
    public Future<State> start() {
        return store.map(kept -> kept.read().otherwiseEmpty().onSuccess(this::take))
                .map(read -> read.compose(kept -> fetch()))
                .orElseGet(this::fetch);
    }

    /** What was fetched meanwhile is newer. */
    private synchronized void take(Optional<KeyStore.Kept> kept) {
        if (state.last() != Outcome.FETCHED) {
            kept.ifPresent(read -> state = new State(Optional.of(read.keys()), state.last(), read.fetched()));
        }
    }

    /** Fetches, unless a fetch is under way, or has begun a moment ago. */
    public synchronized Future<State> fetchIfDue() {
        boolean early = state.last() != Outcome.NONE && System.nanoTime() - begun < interval;
        return underWay.isEmpty() && early ? Future.succeededFuture(state) : fetch();
    }

    /** Fetches, unless a fetch is under way; never fails. */
    public synchronized Future<State> fetch() {
        if (underWay.isPresent()) {
            return underWay.get();
        }
        begun = System.nanoTime();
        Future<State> fetching = source.fetch().transform(fetched -> {
            State next = fetched.succeeded() ? fetched(fetched.result()) : failed(fetched.cause());
            return end(next);
        });
        underWay = fetching.isComplete() ? Optional.empty() : Optional.of(fetching);
        return fetching;
    }

    private synchronized Future<State> end(State next) {
        state = next;
        underWay = Optional.empty();
        owner.fetched().accept(next.last());
        return Future.succeededFuture(next);
    }

    /** The same object stays if nothing has changed: verdicts are kept with it. */
    private State fetched(KeySet read) {
        Optional<KeySet> before = state.keys();
        boolean same = before.map(KeySet::publicParts).equals(Optional.of(read.publicParts()));
        KeySet next = same ? before.orElse(read) : read;
        Instant now = InstantSource.system().instant();
        if (!same) {
            LOG.atInfo()
                    .addKeyValue(owner.kind().key, owner.name())
                    .addKeyValue("keys", read.keys().size())
                    .log("keys changed");
        }
        kept = store.map(keeper -> keeper.write(new KeyStore.Kept(next, now))).orElseGet(Future::succeededFuture);
        return new State(Optional.of(next), Outcome.FETCHED, now);
    }

    private State failed(Throwable cause) {
        LOG.atWarn()
                .addKeyValue(owner.kind().key, owner.name())
                .addKeyValue("kept", state.keys().isPresent() ? "the last good ones" : "none")
                .addKeyValue("cause", cause instanceof Problem problem ? problem.text() : cause.toString())
                .log("keys not fetched");
        return new State(state.keys(), Outcome.FAILED, state.fetched());
    }

    /** Also waits until the keys are kept that were fetched last. */
    public Future<Void> close() {
        return source.close().eventually(() -> kept);
    }
}
