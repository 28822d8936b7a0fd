package io.revoker.redis.index;

import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Holding;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds shared hashes, and the users that have grants in one. */
public record SharedScan(RedisLink link, Keys keys) {

    /** The bundles of the shared hashes that exist, of those in which a holder may have grants. */
    public Future<List<Bundle>> bundles(UserInRealm holder) {
        List<Bundle> all = Bundle.allShared(holder).toList();
        Call scores = Call.of(Command.ZMSCORE, keys.shared(keys.tag(holder)));
        all.forEach(bundle -> scores.arg(bundle.name()));
        return link.send(scores)
                .map(found -> IntStream.range(0, all.size())
                        .filter(level -> found.get(level) != null)
                        .mapToObj(all::get)
                        .toList());
    }

    /** Whether a holding has a grant that has not expired. */
    public Future<Boolean> hasGrants(Holding holding, Instant now) {
        Optional<UserInRealm> holder = holding.holder();
        if (holder.isEmpty()) {
            return isThere(keys.grants(SharedHash.of(holding).orElseThrow()));
        }
        // A key lives as long as its longest token, and the first bundle as long as any other own one of the holder.
        return isThere(keys.grants(Bundle.first(holder.get())))
                .compose(there -> there || !Bundle.hasAll(holding)
                        ? Future.succeededFuture(there)
                        : hasShared(holder.get(), now));
    }

    private Future<Boolean> isThere(String key) {
        return link.send(Call.of(Command.HLEN, key)).map(entries -> entries.toInteger() > 0);
    }

    private Future<Boolean> hasShared(UserInRealm holder, Instant now) {
        return bundles(holder)
                .compose(found -> Future.all(found.stream()
                        .map(bundle -> hasUnexpired(bundle, now.getEpochSecond()))
                        .toList()))
                .map(all -> all.<Boolean>list().contains(true));
    }

    /** The others keep expired grants of a holder in a hash. */
    private Future<Boolean> hasUnexpired(Bundle bundle, long now) {
        UserName user = bundle.holder().user();
        return link.send(Call.of(Command.HGETALL, keys.grants(bundle)))
                .map(entries -> IntStream.range(0, entries.size() / 2)
                        .filter(i -> SharedHash.user(entries.get(2 * i).toBytes())
                                .filter(user::equals)
                                .isPresent())
                        .mapToObj(i -> entries.get(2 * i + 1).toBytes())
                        .anyMatch(state -> state.length >= Integer.BYTES
                                && Integer.toUnsignedLong(ByteBuffer.wrap(state).getInt()) > now));
    }

    /** Whose grants are in a hash, also if these have expired; nobody's if another program has overwritten it. */
    Future<Set<UserInRealm>> holders(SharedHash hash) {
        return link.send(Call.of(Command.HKEYS, keys.grants(hash)))
                .map(fields -> fields.stream()
                        .flatMap(field -> SharedHash.user(field.toBytes()).stream())
                        .map(user -> new UserInRealm(hash.realm(), user))
                        .collect(Collectors.toSet()))
                .recover(failure -> RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(Set.of())
                        : Future.failedFuture(failure));
    }
}
