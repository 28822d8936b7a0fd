package io.revoker.http.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Stamp;
import io.revoker.http.Json;
import io.revoker.signing.Signer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Tells all followers again and again up to which stamp this instance has read the log, and when it last saw that there
 * is no newer entry. If this service has a key, that is signed, so that nobody in between can withhold an event
 * unnoticed, or feign that all is well. One heartbeat is made, and signed, for all followers.
 */
public final class Heartbeats {
    private static final String TYPE = "revoker-heartbeat+jwt";

    private final Vertx vertx;
    private final EventHub hub;
    private final Signer signer;
    private final Optional<String> issuer;
    private final InstantSource time;
    private boolean busy;

    /** @param issuer named in what is signed */
    public Heartbeats(Vertx vertx, EventHub hub, Signer signer, Optional<String> issuer, InstantSource time) {
        this.vertx = vertx;
        this.hub = hub;
        this.signer = signer;
        this.issuer = issuer;
        this.time = time;
    }

    /** Begins; the result ends it. */
    public Runnable begin(Duration interval) {
        long timer = vertx.setPeriodic(interval.toMillis(), tick -> beat());
        return () -> vertx.cancelTimer(timer);
    }

    private void beat() {
        if (busy) {
            return; // a signature takes longer than the interval
        }
        busy = true;
        // In this order: what was read in between is after the stamp, and must not seem to be before the time.
        long readAt = hub.readAt();
        Stamp stamp = hub.newest();
        ObjectNode body = facts(stamp, readAt);
        signed(body)
                .onSuccess(signature -> signature.ifPresent(text -> body.put("signature", text)))
                .onComplete(done -> {
                    busy = false;
                    hub.beat(Beat.of(stamp, Json.write(body)));
                });
    }

    private ObjectNode facts(Stamp stamp, long readAt) {
        Instant now = time.instant();
        return JsonNodeFactory.instance
                .objectNode()
                .put("event", "heartbeat")
                .put("stamp", stamp.toString())
                .put("time", text(now))
                .put("as_of", text(now.minusNanos(Math.max(0, System.nanoTime() - readAt))));
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private Future<Optional<String>> signed(ObjectNode body) {
        if (signer.algorithm().isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        issuer.ifPresent(name -> claims.put("iss", name));
        claims.put("iat", time.instant().getEpochSecond()).setAll(body);
        return signer.sign(TYPE, Json.write(claims)).map(Optional::of);
    }
}
