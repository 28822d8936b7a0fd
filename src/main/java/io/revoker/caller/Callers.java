package io.revoker.caller;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Authenticates callers. One instance serves all threads. */
public interface Callers {

    /**
     * Decides which client the credentials belong to.
     *
     * <p>Never blocks and never throws. The future completes on the context of the call. Fails with a
     * {@link io.revoker.domain.Problem}: overloaded if too many verifications wait for that client, internal if the
     * verification itself failed.
     */
    Future<Authentication> authenticate(Credentials credentials);

    /** The same; an implementation that ignores credentials need not parse them. */
    default Future<Authentication> authenticate(Supplier<Credentials> presented) {
        return authenticate(presented.get());
    }

    /**
     * Decides again what other callers decided that these have replaced meanwhile. What can be verified only once is
     * not verified again.
     *
     * @param begun when the first decision began, by {@link System#nanoTime}
     */
    default Future<Authentication> again(Supplier<Credentials> presented, Authentication before, long begun) {
        return authenticate(presented);
    }

    /** The client of that id, as it is now. */
    default Optional<Caller> named(String id) {
        return Optional.empty();
    }

    /**
     * What changes whenever the secret of that client does, and reveals nothing of it. Empty if there is no such
     * client, or it has no secret.
     */
    default Optional<String> secretMark(String id) {
        return Optional.empty();
    }

    /** Whether some client proves in that way who it is. */
    default boolean accept(Proof proof) {
        return false;
    }

    /**
     * Every caller is {@link Caller#ANONYMOUS}, whatever the credentials: for a service that only its own host can
     * reach.
     */
    static Callers anonymous() {
        return new AnonymousCallers();
    }

    /**
     * How the clients of a file prove who they are; validates it without using it. Blocks while it reads. Throws
     * {@link DocumentException} with every problem of the file.
     */
    static Set<Proof> requireUsable(Path file) {
        return ClientFile.read(file).stream().map(ClientFile.Client::proof).collect(Collectors.toUnmodifiableSet());
    }

    /** A line for each client of a file whose secret is public. Blocks while it reads. */
    static List<String> warnings(Path file) {
        return SampleSecrets.warnings(file);
    }

    /**
     * The clients of a file. Blocks while it reads. Throws {@link DocumentException} with every problem of the file.
     */
    static Callers load(Path file, Vertx vertx, CallerSettings bounds, AssertionVerifier assertions) {
        return new ClientCallers(
                ClientFile.read(file), new Verifications(vertx, bounds, Ticker.systemTicker()), assertions);
    }

    /** Treats every caller as {@link Caller#ANONYMOUS}. */
    static final class AnonymousCallers implements Callers {
        private final Future<Authentication> anyone =
                Future.succeededFuture(new Authentication.Authenticated(Caller.ANONYMOUS));

        @Override
        public Future<Authentication> authenticate(Credentials credentials) {
            return anyone;
        }

        @Override
        public Future<Authentication> authenticate(Supplier<Credentials> presented) {
            return anyone;
        }

        @Override
        public Optional<Caller> named(String id) {
            return Optional.of(Caller.ANONYMOUS).filter(caller -> caller.id().equals(id));
        }
    }
}
