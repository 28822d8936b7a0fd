package io.revoker.http.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.MarkId;
import io.revoker.http.feed.FeedEvent.Encoded;
import io.revoker.http.feed.FeedEvent.Kind;
import io.revoker.http.single.RevocationMembers;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Puts entries of the log into the form of events. */
final class EventForm {
    private static final HexFormat HEX = HexFormat.of();

    private EventForm() {}

    /** Why a follower may have missed something. */
    enum Loss {
        /** What it asks for is no longer kept. */
        TRIMMED,
        /** Redis has lost entries of the log. */
        LOST,
        /** It has read too slowly. */
        BEHIND
    }

    static FeedEvent of(LogEvent event) {
        if (event instanceof LogEvent.Revoked revoked) {
            return of(revoked.revocation());
        }
        return event instanceof LogEvent.Unlocked unlocked ? of(unlocked) : reset(event.stamp(), Loss.LOST);
    }

    /** @param stamp from which the follower gets everything again */
    static FeedEvent reset(Stamp stamp, Loss loss) {
        return reset(Kind.RESET, stamp, loss);
    }

    /** @param stamp of an event that comes before it */
    static FeedEvent gap(Stamp stamp) {
        return reset(Kind.GAP, stamp, Loss.LOST);
    }

    private static FeedEvent reset(Kind kind, Stamp stamp, Loss loss) {
        ObjectNode body = body(kind, stamp).put("reason", loss.name().toLowerCase(Locale.ROOT));
        return open(stamp, kind, body, body);
    }

    private static FeedEvent of(Revocation revocation) {
        return revocation.target() instanceof Target.Single one ? of(revocation, one) : ofMany(revocation);
    }

    private static FeedEvent of(Revocation revocation, Target.Single one) {
        Stamp stamp = revocation.stamp();
        Optional<RealmId> realm = realm(revocation, one);
        ObjectNode body = body(Kind.REVOCATION, stamp);
        realm.ifPresent(name -> body.put("realm_name", name.value()));
        if (one instanceof Target.OneToken registered) {
            body.put("token_type", registered.kind().field());
        }
        body.put("token_id", one.id().value()).put("hash", HEX.toHexDigits(hash(one)));
        expiry(revocation, one).ifPresent(time -> body.put("expires_at", time));
        partner(revocation, one).ifPresent(partner -> body.put("partner_hash", HEX.toHexDigits(partner)));
        putReason(body, revocation);
        if (realm.isEmpty()) {
            return open(
                    stamp, Kind.REVOCATION, body, body(Kind.REVOCATION, stamp).put("hash", HEX.toHexDigits(hash(one))));
        }
        Encoded encoded = Encoded.of(stamp, Kind.REVOCATION, body);
        return new FeedEvent(stamp, Kind.REVOCATION, realm, encoded, encoded);
    }

    /** Of a single token; empty if an older version has revoked it. */
    static Optional<RealmId> realm(Revocation revocation, Target.Single one) {
        return one instanceof Target.OneJwt jwt
                ? Optional.of(jwt.realm())
                : revocation.registered().map(Registered::realm);
    }

    /** The hash of the other token of its pair, if that was revoked with it. */
    static Optional<Long> partner(Revocation revocation, Target.Single one) {
        return one.extent() == Target.Extent.GRANT
                ? revocation.registered().flatMap(Registered::partner)
                : Optional.empty();
    }

    /** In seconds; empty if it is not known. */
    static Optional<Long> expiry(Revocation revocation, Target.Single one) {
        return one instanceof Target.OneJwt jwt
                ? Optional.of(jwt.expiresAt().getEpochSecond())
                : revocation.registered().map(token -> token.expiresAt().getEpochSecond());
    }

    /** A JWT is looked for by its id in its realm: callers of other realms, who name any id, mean another token. */
    static long hash(Target.Single one) {
        return one instanceof Target.OneJwt jwt
                ? jwt.id().inRealm(jwt.realm()).firstBits()
                : one.id().firstBits();
    }

    private static FeedEvent ofMany(Revocation revocation) {
        Kind kind = revocation.lockedUntil().isPresent() ? Kind.LOCK : Kind.MARK;
        Target target = revocation.target();
        Stamp stamp = revocation.stamp();
        ObjectNode whole = marked(kind, stamp, target);
        ObjectNode limited = unnamed(kind, stamp, target);
        revocation.lockedUntil().ifPresent(until -> {
            whole.put("until", until.toString());
            limited.put("until", until.toString());
        });
        putReason(whole, revocation);
        return ofMany(stamp, kind, target, whole, limited);
    }

    private static FeedEvent of(LogEvent.Unlocked unlocked) {
        Target target = unlocked.target();
        return ofMany(
                unlocked.stamp(),
                Kind.UNLOCK,
                target,
                marked(Kind.UNLOCK, unlocked.stamp(), target),
                unnamed(Kind.UNLOCK, unlocked.stamp(), target));
    }

    private static FeedEvent ofMany(Stamp stamp, Kind kind, Target target, ObjectNode whole, ObjectNode limited) {
        Optional<RealmId> realm = realm(target);
        if (realm.isEmpty()) {
            return open(stamp, kind, whole, limited);
        }
        Encoded encoded = Encoded.of(stamp, kind, whole);
        return new FeedEvent(stamp, kind, realm, encoded, encoded);
    }

    /** Of many tokens; empty if they may be of every realm. */
    static Optional<RealmId> realm(Target target) {
        return target.match(
                one -> Optional.empty(),
                ofRealm -> Optional.of(ofRealm.realm()),
                user -> Optional.empty(),
                user -> Optional.of(user.holder().realm()),
                all -> Optional.empty());
    }

    private static FeedEvent open(Stamp stamp, Kind kind, ObjectNode whole, ObjectNode limited) {
        Encoded encoded = Encoded.of(stamp, kind, whole);
        return new FeedEvent(
                stamp,
                kind,
                Optional.empty(),
                encoded,
                whole.equals(limited) ? encoded : Encoded.of(stamp, kind, limited));
    }

    private static ObjectNode marked(Kind kind, Stamp stamp, Target target) {
        ObjectNode body = body(kind, stamp);
        RevocationMembers.putTarget(body, target);
        return putHash(body, target);
    }

    /** A user in every realm may be one of other realms only: who may not see these gets no name. */
    private static ObjectNode unnamed(Kind kind, Stamp stamp, Target target) {
        ObjectNode body = body(kind, stamp);
        Choice.of(target).issuedBefore().ifPresent(instant -> body.put("issued_before", instant.toString()));
        return putHash(body, target);
    }

    private static ObjectNode putHash(ObjectNode body, Target target) {
        return body.put("hash", MarkId.of(target).text());
    }

    private static void putReason(ObjectNode body, Revocation revocation) {
        revocation.reason().ifPresent(reason -> RevocationMembers.putReason(body, reason));
    }

    private static ObjectNode body(Kind kind, Stamp stamp) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("event", kind.wireName())
                .put("stamp", stamp.toString());
    }
}
