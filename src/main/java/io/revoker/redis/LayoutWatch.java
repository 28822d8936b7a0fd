package io.revoker.redis;

import io.revoker.domain.Problem;
import io.revoker.redis.keys.LayoutVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the layout again and again: if data are deleted while instances run, the layout of those comes back. */
final class LayoutWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LayoutWatch.class);
    private static final long MILLIS = 5000;

    private final Vertx vertx;
    private final Layout layout;
    private String logged = "";
    private long timer = -1;

    LayoutWatch(Vertx vertx, Layout layout) {
        this.vertx = vertx;
        this.layout = layout;
    }

    /** Claims it, and then begins to look. */
    Future<Void> begin() {
        return layout.claim().onSuccess(claimed -> {
            int version = layout.version().noted();
            if (version < LayoutVersion.NEWEST) {
                LOG.atInfo()
                        .addKeyValue("version", version)
                        .addKeyValue("newest", LayoutVersion.NEWEST)
                        .log("data in redis have an earlier layout, which redis.layout can raise");
            }
            timer = vertx.setPeriodic(MILLIS, due -> look());
        });
    }

    private void look() {
        layout.keep().onComplete(kept -> logged = "", failure -> log(Problem.of(failure)));
    }

    /** Once; an outage is logged elsewhere. */
    private void log(Problem problem) {
        if (!problem.isPassing() && !problem.text().equals(logged)) {
            logged = problem.text();
            LOG.atWarn().addKeyValue("problem", logged).log("layout of the data in redis not confirmed");
        }
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
