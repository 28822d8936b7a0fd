package io.revoker.http.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Problem;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all followers again and again up to which stamp this instance has read the log, and when it asked for
 * newer entries and there were none. If this service has a key, that is signed, so that a proxy can't withhold an event
 * unnoticed, or pretend that there was none. One heartbeat is made, and signed, for all followers.
 */
public final class Heartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final String TYPE = "revoker-heartbeat+jwt";

    private final Vertx vertx;
    private final EventHub hub;
    private final Signer signer;
    private final Optional<String> issuer;
    private final InstantSource time;
    private boolean busy;
    private boolean failing;

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

    /** Without followers nothing wakes the other event loops, and nothing is signed. */
    private void beat() {
        if (!hub.isFollowed()) {
            return;
        }
        hub.look();
        if (!busy) { // else a signature takes longer than the interval
            hub.end().ifPresent(this::beat);
        }
    }

    private void beat(EventHub.End end) {
        busy = true;
        ObjectNode body = facts(end.stamp(), end.askedAt());
        Future.succeededFuture()
                .compose(begun -> signed(body))
                .onSuccess(signature -> {
                    failing = false;
                    signature.ifPresent(text -> body.put("signature", text));
                    hub.beat(Beat.of(end.stamp(), Json.write(body)));
                })
                .onFailure(this::unsigned)
                .onComplete(done -> busy = false);
    }

    /** None is sent: a follower that verifies could not tell it from one that somebody else made. */
    private void unsigned(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.atWarn()
                    .addKeyValue("failure", Problem.of(failure).text())
                    .log("heartbeats not sent, they can't be signed");
        }
    }

    private ObjectNode facts(Stamp stamp, long askedAt) {
        long uptime = Uptime.millis(); // first: a pause between these makes the heartbeat older, not newer
        Instant now = time.instant();
        return JsonNodeFactory.instance
                .objectNode()
                .put("event", "heartbeat")
                .put("stamp", stamp.toString())
                .put("time", text(now))
                .put("as_of", text(now.minusNanos(Math.max(0, System.nanoTime() - askedAt))))
                .put("uptime", uptime);
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
