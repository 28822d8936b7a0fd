package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.KnownMarks;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Registers a grant in one round trip, where one server has all slots. The script does nothing unless the newest mark
 * is still the one up to which this node knows all marks and locks: that one is the birth stamp, and no other mark can
 * come in between.
 */
final class SingleStep {
    private final RedisLink link;
    private final Keys keys;
    private final MarkRace race;
    private final BundleChooser bundles;

    SingleStep(RedisLink link, Keys keys, MarkRace race, BundleChooser bundles) {
        this.link = link;
        this.keys = keys;
        this.race = race;
        this.bundles = bundles;
    }

    /** Empty if it is not as simple as that; then nothing was done. */
    Future<Optional<Registration>> register(Grant grant, Bundle bundle) {
        Stamp birth = race.read();
        if (!link.hasAllSlots() || !knowsEnough(birth, grant)) {
            return Future.succeededFuture(Optional.empty());
        }
        return link.send(call(grant, bundle, birth)).map(reply -> {
            int entries = reply.toInteger();
            if (entries == 0) {
                return Optional.empty();
            }
            bundles.written(bundle, entries);
            return Optional.of(new Registration(Outcome.CREATED, grant));
        });
    }

    private boolean knowsEnough(Stamp birth, Grant grant) {
        KnownMarks known = race.marks().known();
        Traits traits = Traits.of(grant);
        return !birth.equals(Stamp.NONE)
                && known.hasAllUpTo(birth)
                && !known.newestMark().isAfter(birth)
                && known.lockedUntil(traits).isEmpty()
                && !known.coverOf(traits).isTooOld(grant.facts().issuedAt());
    }

    private Call call(Grant grant, Bundle bundle, Stamp birth) {
        UserInRealm holder = grant.holder();
        Call register = Script.REGISTER
                .call(keysOf(grant, bundle))
                .arg(birth.micros())
                .arg(keys.memberPrefix(holder.user()) + holder.realm().key())
                .arg(bundle.field(GrantId.of(grant).value()))
                .arg(GrantState.of(grant, birth).encode())
                .arg(bundle.member())
                .arg(bundle.name());
        for (TokenKind kind : TokenKind.values()) {
            grant.get(kind)
                    .ifPresent(token -> register.arg(token.id().bytes())
                            .arg(TokenRecord.of(grant, kind, token, bundle).encode()));
        }
        PairName.of(grant).ifPresent(pair -> register.arg(pair.field()).arg(PairName.value(grant.lastExpiry())));
        return register;
    }

    private List<String> keysOf(Grant grant, Bundle bundle) {
        UserInRealm holder = grant.holder();
        Granted first = grant.first();
        List<String> all = new ArrayList<>(List.of(
                keys.last,
                keys.realms(holder.user()),
                keys.grants(bundle),
                keys.index(bundle),
                keys.records(first.id()),
                keys.records(grant.refresh().orElse(first).id())));
        if (bundle.isAnother()) {
            all.addAll(List.of(keys.grants(Bundle.first(holder)), keys.bundles(holder)));
        }
        return all;
    }
}
