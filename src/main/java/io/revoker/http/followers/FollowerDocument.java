package io.revoker.http.followers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.FollowerId;
import io.revoker.domain.followers.FollowerRequests.Confirm;
import io.revoker.domain.followers.FollowerRequests.Confirmed;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.KnownFollower;
import io.revoker.http.Json;
import io.revoker.http.RequestFields;
import io.revoker.http.request.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Followers and their confirmations as JSON. */
final class FollowerDocument {
    private static final String CONFIRMED = "confirmed";
    private static final String BOUND = "bound";
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private FollowerDocument() {}

    /** Anything that is wrong is a {@link Problem}. */
    static Confirm read(FollowerId follower, RealmScope realms, byte[] body) {
        RequestFields fields = new RequestFields(Json.read(body), Set.of(CONFIRMED, BOUND));
        Stamp stamp = fields.text(CONFIRMED)
                .flatMap(Stamp::parse)
                .orElseThrow(() -> Problem.invalid(CONFIRMED + ": not a stamp (expected: a string of 1 to 18 digits)"));
        return new Confirm(follower, realms, stamp, fields.text(BOUND).map(FollowerDocument::bound));
    }

    private static Duration bound(String text) {
        Duration bound = TimeText.read(BOUND, text);
        if (bound.compareTo(SHORTEST) < 0) {
            throw Problem.invalid(BOUND + ": " + text + " (expected: at least " + SHORTEST.toMillis() + "ms)");
        }
        return bound;
    }

    static ObjectNode of(FollowerId follower, Confirmed reply) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", follower.name())
                .put(CONFIRMED, reply.confirmed().toString())
                .put("known_until", text(reply.until()));
    }

    /** @param stamp of the revocation for which the states are */
    static ObjectNode of(Found found, Stamp stamp) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("stamp", stamp.toString())
                .put("time", text(found.time()));
        ArrayNode all = body.putArray("followers");
        found.followers().forEach(one -> all.add(of(one, stamp, found.time())));
        return body;
    }

    private static ObjectNode of(KnownFollower one, Stamp stamp, Instant now) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name", one.id().name())
                .put("caller", one.id().caller())
                .put("state", one.state(stamp, now).name())
                .put(CONFIRMED, one.confirmed().toString())
                .put("heard", text(one.heard()));
        one.bound().ifPresent(bound -> body.put(BOUND, bound.toMillis() + "ms"));
        return body;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
