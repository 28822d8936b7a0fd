package io.revoker.http.ssf.push;

import io.revoker.bus.StreamBus;
import io.revoker.domain.Problem;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamRequests.Replace;
import io.revoker.domain.streams.StreamRequests.Replaced;
import io.revoker.http.ssf.PushAuthorization;
import io.revoker.signing.EncryptionKeys;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what receivers want to find in {@code Authorization} encrypted by the first key, so that others can be removed.
 * It looks at all streams once the keys have changed, and then after each pause: an instance that still has another
 * first key does the same, and ought not to undo it all the time.
 *
 * <p>What an instance has encrypted just before its keys changed may arrive behind its first look by the new ones. So
 * only a later look that finds nothing to encrypt proves that no other key is needed. Used by one event loop only.
 */
final class KeyRenewal {
    /** Until the next look by the same keys. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRenewal.class);

    private final StreamBus bus;
    private final PushAuthorization authorization;
    private final LongSupplier nanos;
    private final Duration pause;
    private Optional<EncryptionKeys> lookedBy = Optional.empty();
    private long lookedAt;
    private boolean saidEnough;

    KeyRenewal(StreamBus bus, PushAuthorization authorization, LongSupplier nanos, Duration pause) {
        this.bus = bus;
        this.authorization = authorization;
        this.nanos = nanos;
        this.pause = pause;
    }

    /**
     * Succeeds once it is over; what could not be replaced is logged.
     *
     * @param pushed all streams that are pushed, as they are now
     */
    Future<Void> look(List<EventStream> pushed) {
        EncryptionKeys keys = authorization.keys().get();
        boolean changed = !Optional.of(keys).equals(lookedBy);
        long now = nanos.getAsLong();
        if (!changed && now - lookedAt <= pause.toNanos()) {
            return Future.succeededFuture();
        }
        lookedBy = Optional.of(keys);
        lookedAt = now;
        List<Future<Replaced>> renewals =
                pushed.stream().flatMap(stream -> renewed(stream).stream()).toList();
        conclude(keys, !changed && renewals.isEmpty());
        return Future.join(renewals).transform(over -> {
            logFailures(renewals);
            return Future.succeededFuture();
        });
    }

    /** Says once that the first key is enough, and again only if it was not meanwhile. */
    private void conclude(EncryptionKeys keys, boolean enough) {
        if (enough && !saidEnough && keys.areSeveral()) {
            LOG.info("authorization_headers need no other key than the first");
        }
        saidEnough = enough;
    }

    /** Absent if there is nothing to encrypt. */
    private Optional<Future<Replaced>> renewed(EventStream stream) {
        return stream.settings()
                .endpoint()
                .flatMap(before -> authorization
                        .renewed(before, stream.id())
                        .map(next -> bus.replace(new Replace(stream.id(), before, next))
                                .onSuccess(replaced -> logSuccess(stream, replaced))));
    }

    private static void logSuccess(EventStream stream, Replaced replaced) {
        if (replaced.done()) {
            LOG.atInfo()
                    .addKeyValue("caller", stream.caller())
                    .addKeyValue("stream", stream.id())
                    .log("authorization_header encrypted by the first key");
        }
    }

    /** Once a look: Redis may refuse all of them. */
    private static void logFailures(List<Future<Replaced>> renewals) {
        List<Future<Replaced>> failed = renewals.stream().filter(Future::failed).toList();
        failed.stream()
                .findFirst()
                .ifPresent(first -> LOG.atWarn()
                        .addKeyValue("streams", failed.size())
                        .addKeyValue("failure", Problem.of(first.cause()).text())
                        .log("authorization_headers not encrypted by the first key"));
    }
}
