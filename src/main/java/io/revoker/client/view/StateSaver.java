package io.revoker.client.view;

import io.revoker.client.feed.Loop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Writes the file of a view now and then, on a thread of its own. */
final class StateSaver {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Optional<StateFile> file;
    private final Loop loop;
    private final Tables tables;
    private final Consumer<Throwable> failures;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long written = System.nanoTime() - INTERVAL.toNanos();
    private Known writtenKnown = Known.nothing();
    private long writtenStamp;

    /** @param failures called on the thread of the view */
    StateSaver(Optional<Path> path, Loop loop, Tables tables, Consumer<Throwable> failures) {
        this.file = path.map(StateFile::new);
        this.loop = loop;
        this.tables = tables;
        this.failures = failures;
    }

    /** A file that can't be read is left as it is, until there is something to write. */
    void restore(int most) {
        try {
            if (file.isPresent()) {
                file.get().read(most).ifPresent(tables::restore);
            }
        } catch (IOException | RuntimeException e) {
            failures.accept(e);
        }
    }

    void look() {
        boolean isDue = System.nanoTime() - written > INTERVAL.toNanos();
        if (isDue && writing.isDone() && hasChanged()) {
            StateFile to = file.orElseThrow();
            StateFile.State state = state();
            CompletableFuture<Void> done = new CompletableFuture<>();
            writing = done;
            Thread thread = new Thread(() -> write(to, state, done), "revoker-view-file");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private boolean hasChanged() {
        return file.isPresent()
                && !tables.hasGap()
                && (tables.known() != writtenKnown || tables.stamp() != writtenStamp);
    }

    /** What is added while it is written, is newer than the stamp. */
    private StateFile.State state() {
        written = System.nanoTime();
        writtenKnown = tables.known();
        writtenStamp = tables.stamp();
        return new StateFile.State(writtenKnown, writtenStamp);
    }

    private void write(StateFile to, StateFile.State state, CompletableFuture<Void> done) {
        try {
            to.write(state);
        } catch (IOException | RuntimeException | Error e) {
            loop.run(() -> failures.accept(e));
        } finally {
            done.complete(null);
        }
    }

    /** Waits until it is written. */
    void saveNow() throws IOException {
        writing.join();
        if (hasChanged()) {
            file.orElseThrow().write(state());
        }
    }
}
