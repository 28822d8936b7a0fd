package io.revoker.redis.sweeps;

import io.revoker.domain.Tally;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sweeps what one holder has in shared hashes, in one call: the others in them live on. */
record SharedSweep(RedisLink link, Keys keys) {

    /** @param expected a call that Redis must execute before */
    Future<Swept> sweep(UserInRealm holder, Pass pass, Future<?> expected) {
        String tag = keys.tag(holder);
        List<Bundle> bundles = Bundle.allShared(holder).toList();
        List<String> named = new ArrayList<>(List.of(keys.totals(tag, pass.before()), keys.shared(tag)));
        bundles.forEach(bundle -> named.add(keys.grants(bundle)));
        Call call = Script.SWEEP_SHARED
                .call(named)
                .arg(pass.before().micros())
                .arg(SweepTotals.SECONDS)
                .arg(ChronoUnit.MICROS.between(Instant.EPOCH, pass.at()))
                .arg(holder.user().key());
        bundles.forEach(bundle -> call.arg(bundle.name()));
        return link.sendAfter(expected, call).map(reply -> swept(holder, tag, reply));
    }

    private static Swept swept(UserInRealm holder, String tag, Response reply) {
        Tally total = new Tally(reply.get(0).toLong(), reply.get(1).toLong());
        List<String> errors = reply.get(2).stream()
                .map(reason -> RedisFailure.ofReply(reason.toString()).text())
                .map(reason -> HolderProblem.of(holder, reason).line())
                .toList();
        return new Swept(Map.of(tag, total), errors, List.of());
    }
}
