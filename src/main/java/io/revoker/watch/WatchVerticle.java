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
 * Looks at files every now and then, and tells of a change once two looks in a row have seen the same: a file that somebody is still writing would
 * be taken for a short one. It tells again at each look until whoever hears of it is done with it, and then also of a state
 * that was there before. The first look counts as a change, because nobody knows what was there when the files were read last.
 */
public final class WatchVerticle extends VerticleBase {
    /** With which it must be deployed. */
    public static final DeploymentOptions OPTIONS = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);

    private final Duration interval;
    private final Set<Path> files;
    private final Predicate<FileStates> changed;
    private FileStates seen = FileStates.NONE;
    private FileStates done = FileStates.NONE;

    /**
     * @param interval between two looks, more than zero
     * @param changed says whether it is done with this state; called on a worker thread, once at a time
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

    /** Once. */
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
