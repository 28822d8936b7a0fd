package io.revoker.http.ssf.push;

import io.revoker.bus.StreamBus;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.StreamRequests.Replace;
import io.revoker.http.ssf.PushAuthorization;
import io.revoker.signing.EncryptionKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what receivers want to find in {@code Authorization} encrypted by the newest key, so that older ones can be
 * removed. It looks at all streams once the keys have changed, and then once a minute: an instance that has still
 * another newest key does the same, and ought not to undo it all the time. Used by one event loop only.
 */
final class KeyRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRenewal.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final StreamBus bus;
    private final PushAuthorization authorization;
    private Optional<EncryptionKeys> lookedBy = Optional.empty();
    private long lookedAt;

    KeyRenewal(StreamBus bus, PushAuthorization authorization) {
        this.bus = bus;
        this.authorization = authorization;
    }

    /** @param pushed all streams that are pushed, as they are now */
    void look(List<EventStream> pushed) {
        Optional<EncryptionKeys> keys = Optional.of(authorization.keys().get());
        long now = System.nanoTime();
        if (!keys.equals(lookedBy) || now - lookedAt > PAUSE.toNanos()) {
            lookedBy = keys;
            lookedAt = now;
            pushed.forEach(this::renew);
        }
    }

    private void renew(EventStream stream) {
        stream.settings()
                .endpoint()
                .ifPresent(before ->
                        authorization.renewed(before, stream.id()).ifPresent(next -> replace(stream, before, next)));
    }

    private void replace(EventStream stream, Endpoint before, Endpoint next) {
        bus.replace(new Replace(stream.id(), before, next))
                .onSuccess(replaced -> {
                    if (replaced.done()) {
                        LOG.atInfo()
                                .addKeyValue("caller", stream.caller())
                                .addKeyValue("stream", stream.id())
                                .log("authorization_header encrypted by the newest key");
                    }
                })
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("stream", stream.id())
                        .addKeyValue("failure", String.valueOf(failure.getMessage()))
                        .log("authorization_header not encrypted by the newest key"));
    }
}
