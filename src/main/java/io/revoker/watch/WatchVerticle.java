package io.revoker.watch;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Polls files, and reports a change when two polls in a row have seen the same content (debounce): a file that is
 * still being written would be read incompletely. It reports again at each poll until the receiver is done with that
 * content, and then reports even a content that was there before. The first poll counts as a change, because it is not
 * known what the files contained when they were last read.
 */
public final class WatchVerticle extends VerticleBase {
    /** Deploy it with these options. */
    public static final DeploymentOptions OPTIONS = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);

    private final Duration interval;
    private final Set<Path> files;
    private final Predicate<FileStates> changed;
    private FileStates seen = FileStates.NONE;
    private FileStates done = FileStates.NONE;

    /**
     * @param interval between two polls, more than zero
     * @param changed returns whether it is done with this state; called on a worker thread, one call at a time
     */
    public WatchVerticle(Duration interval, Set<Path> files, Predicate<FileStates> changed) {
        this.interval = interval;
        this.files = Set.copyOf(files);
        this.changed = changed;
    }

    @Override
    public Future<?> start() {
        lookAfter(interval);
        return Future.succeededFuture();
    }

    private void lookAfter(Duration time) {
        vertx.setTimer(time.toMillis(), timer -> {
            try {
                look();
            } finally {
                lookAfter(time);
            }
        });
    }

    /** Polls once. */
    void look() {
        FileStates now = FileStates.of(files);
        boolean standsStill = now.equals(seen);
        seen = now;
        if (standsStill && !now.equals(done)) {
            done = FileStates.NONE;
            if (changed.test(now)) {
                done = now;
            }
        }
    }
}
