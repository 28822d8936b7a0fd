package io.revoker.jwt.keys;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keys in a file, which is read by a worker thread. */
record KeyFile(Vertx vertx, Path path, Duration timeout) implements KeySource {
    @Override
    public Future<KeySet> fetch() {
        return vertx.executeBlocking(() -> read(path), false).timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why its keys can't be used now. Blocks. */
    static Optional<String> problem(Path path) {
        try {
            return Optional.of(read(path)).flatMap(usable -> Optional.empty());
        } catch (Problem unfit) {
            return Optional.of(path + ": " + unfit.text());
        }
    }

    /** Blocks. Fails with a {@link Problem} if it can't be read, or has no keys. */
    static KeySet read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return KeySet.read(in.readNBytes(KeySet.MAX_BYTES + 1));
        } catch (IOException e) {
            throw Problem.unavailable(e.getClass().getSimpleName() + " (expected: readable)");
        }
    }
}
