package io.revoker.caller;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Those who may call. One instance serves all threads. */
public interface Callers {

    /**
     * Decides whose credentials these are.
     *
     * <p>Never blocks and never throws. The answer comes on the context of the call. Fails with a {@link io.revoker.domain.Problem}:
     * overloaded if too many verifications wait for that client, internal if the verification itself failed.
     */
    Future<Authentication> authenticate(Credentials credentials);

    /** The same, where the credentials need not even be read if nothing depends on them. */
    default Future<Authentication> authenticate(Supplier<Credentials> presented) {
        return authenticate(presented.get());
    }

    /** Everybody is {@link Caller#ANONYMOUS}, whatever the credentials: for a service that only its own host can reach. */
    static Callers anonymous() {
        return new AnonymousCallers();
    }

    /** Only looks at a file. Blocks while it reads. Throws {@link ClientFileException} with every fault of the file. */
    static void requireUsable(Path file) {
        ClientFile.read(file);
    }

    /** A line for each client of a file whose secret is public. Blocks while it reads. */
    static List<String> warnings(Path file) {
        return SampleSecrets.warnings(file);
    }

    /** The clients of a file. Blocks while it reads. Throws {@link ClientFileException} with every fault of the file. */
    static Callers load(Path file, Vertx vertx, CallerBounds bounds) {
        return new ClientCallers(ClientFile.read(file), new Verifications(vertx, bounds, Ticker.systemTicker()));
    }

    /** Takes everybody for the same caller. */
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
    }
}
