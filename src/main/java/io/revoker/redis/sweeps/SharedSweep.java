package io.revoker.redis.sweeps;

import io.revoker.domain.Tally;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.redis.index.SharedScan;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
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

/** Sweeps what one holder has in shared hashes: the others in them live on. */
record SharedSweep(RedisLink link, Keys keys, SharedScan scan) {

    static final Swept NOTHING = new Swept(Map.of(), List.of(), List.of());

    Future<Swept> sweep(UserInRealm holder, Pass pass) {
        return scan.bundles(holder)
                .compose(found -> found.isEmpty() ? Future.succeededFuture(NOTHING) : sweep(holder, found, pass));
    }

    private Future<Swept> sweep(UserInRealm holder, List<Bundle> bundles, Pass pass) {
        String tag = keys.tag(holder);
        List<String> named = new ArrayList<>(List.of(keys.totals(tag, pass.before())));
        bundles.forEach(bundle -> named.add(keys.grants(bundle)));
        return link.send(Script.SWEEP_SHARED
                        .call(named)
                        .arg(pass.before().micros())
                        .arg(SweepTotals.SECONDS)
                        .arg(ChronoUnit.MICROS.between(Instant.EPOCH, pass.at()))
                        .arg(holder.user().key()))
                .map(reply -> new Swept(
                        Map.of(
                                tag,
                                new Tally(reply.get(0).toLong(), reply.get(1).toLong())),
                        reply.get(2).stream()
                                .map(Response::toString)
                                .map(reason -> HolderProblem.of(
                                                holder,
                                                RedisFailure.ofReply(reason).text())
                                        .line())
                                .toList(),
                        List.of()));
    }
}
