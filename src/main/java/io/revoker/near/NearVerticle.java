package io.revoker.near;

import io.revoker.domain.near.NearLeases;
import io.revoker.domain.near.NearLeases.Renewal;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.Writing;
import io.revoker.near.NearFollower.Word;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the lease of this instance. Deploy it once. */
public final class NearVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(NearVerticle.class);

    /** Between two renewals, so that many revocations do not cause as many. */
    private static final long PAUSE_MILLIS = 2;

    private static final long RETRY_MILLIS = 100;

    /** The leases, on a connection that renewals do not share, and how to close it. */
    public record Source(NearLeases leases, RevocationLog log, Supplier<Future<Void>> close) {}

    private final Supplier<Future<Source>> open;
    private final NearFollower follower;
    private Supplier<Future<Void>> close = Future::succeededFuture;
    private boolean busy;
    private boolean again;

    /** @param open called on the event loop of this verticle */
    public NearVerticle(Supplier<Future<Source>> open, NearFollower follower) {
        this.open = open;
        this.follower = follower;
    }

    @Override
    public Future<?> start() {
        return open.get().onSuccess(source -> {
            Context here = context;
            close = () -> end(source);
            follower.begin(() -> here.runOnContext(turn -> renew(source)));
        });
    }

    @Override
    public Future<?> stop() {
        return close.get();
    }

    /** The others need not wait for this instance any more. */
    private Future<Void> end(Source source) {
        return end(source, follower.end()).transform(done -> source.close().get());
    }

    private static Future<?> end(Source source, List<String> names) {
        return names.isEmpty()
                ? Future.succeededFuture()
                : Future.join(names.stream().map(source.leases()::end).toList());
    }

    private void renew(Source source) {
        if (busy) {
            again = true;
            return;
        }
        follower.next().ifPresent(word -> {
            busy = true;
            again = false;
            Future<?> ended = word.isFirst() ? end(source, follower.takeEnded()) : Future.succeededFuture();
            ended.transform(done -> tell(source, word)).onComplete(outcome -> told(source, word, outcome));
        });
    }

    /**
     * The first is confirmed as a revocation is: otherwise Redis could lose it, and no revocation would wait for this
     * instance.
     */
    private static Future<Renewal> tell(Source source, Word word) {
        Writing writing = source.log().begin();
        Future<Renewal> renewed = source.leases().renew(word.lease());
        return word.isFirst() ? renewed.compose(outcome -> writing.confirm().map(outcome)) : renewed;
    }

    private void told(Source source, Word word, AsyncResult<Renewal> outcome) {
        if (outcome.succeeded()) {
            follower.told(word, outcome.result());
        } else {
            LOG.atDebug().addKeyValue("failure", outcome.cause().getMessage()).log("lease not renewed");
        }
        vertx.setTimer(outcome.succeeded() ? PAUSE_MILLIS : RETRY_MILLIS, timer -> {
            busy = false;
            if (again || follower.hasMore()) {
                renew(source);
            }
        });
    }
}
