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
    /** Empty if it has failed. */
    private CompletableFuture<Optional<StateFile.State>> writing = CompletableFuture.completedFuture(Optional.empty());

    private long begun = System.nanoTime() - INTERVAL.toNanos();
    /** What the file has. */
    private StateFile.State written = new StateFile.State(Known.nothing(), 0);

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
        boolean isDue = System.nanoTime() - begun > INTERVAL.toNanos();
        if (isDue && writing.isDone() && hasChanged()) {
            StateFile to = file.orElseThrow();
            StateFile.State state = state();
            CompletableFuture<Optional<StateFile.State>> done = new CompletableFuture<>();
            writing = done;
            Thread thread = new Thread(() -> write(to, state, done), "revoker-view-file");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits until it is known what the file has. What could not be written is written with the next attempt. */
    private boolean hasChanged() {
        written = writing.join().orElse(written);
        return file.isPresent()
                && !tables.hasGap()
                && (tables.known() != written.known() || tables.stamp() != written.stamp());
    }

    /** What is added while it is written, is newer than the stamp. */
    private StateFile.State state() {
        begun = System.nanoTime();
        return new StateFile.State(tables.known(), tables.stamp());
    }

    private void write(StateFile to, StateFile.State state, CompletableFuture<Optional<StateFile.State>> done) {
        try {
            to.write(state);
            done.complete(Optional.of(state));
        } catch (IOException | RuntimeException | Error e) {
            done.complete(Optional.empty());
            loop.run(() -> failures.accept(e));
        }
    }

    /** Waits until it is written. */
    void saveNow() throws IOException {
        if (hasChanged()) {
            file.orElseThrow().write(state());
        }
    }
}
