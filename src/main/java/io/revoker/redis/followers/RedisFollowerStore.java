package io.revoker.redis.followers;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.followers.FollowerRequests.Confirm;
import io.revoker.domain.followers.FollowerRequests.Confirmed;
import io.revoker.domain.followers.FollowerRequests.Find;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.FollowerRequests.Outcome;
import io.revoker.domain.followers.FollowerRequests.Remove;
import io.revoker.domain.followers.FollowerRequests.Removed;
import io.revoker.domain.followers.FollowerStore;
import io.revoker.domain.followers.KnownFollower;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The followers, all of them in one hash; used by one event loop only. */
public final class RedisFollowerStore implements FollowerStore {
    private final RedisLink link;
    private final Keys keys;
    private final Duration retention;

    /** @param retention after which a follower is forgotten that confirms nothing */
    public RedisFollowerStore(RedisLink link, Keys keys, Duration retention) {
        this.link = link;
        this.keys = keys;
        this.retention = retention;
    }

    @Override
    public Future<Confirmed> confirm(Confirm confirmation) {
        Optional<Duration> tooLong = confirmation.bound().filter(bound -> bound.compareTo(retention) > 0);
        if (tooLong.isPresent()) {
            return Future.failedFuture(Problem.invalid("bound: " + tooLong.get().toMillis()
                    + "ms (expected: at most feed.follower-retention, " + retention.toMillis() + "ms)"));
        }
        return link.send(Script.CONFIRM
                        .call(keys.followers, keys.clock, keys.events)
                        .arg(FollowerText.field(confirmation.follower()))
                        .arg(confirmation.confirmed().micros())
                        .arg(FollowerText.bound(confirmation.bound()))
                        .arg(confirmation.follower().caller())
                        .arg(MOST)
                        .arg(MOST_OF_CALLER)
                        .arg(retention.toSeconds())
                        .arg(FollowerText.realms(confirmation.realms())))
                .map(reply -> confirmed(reply.toString().split(" ", 3)));
    }

    /** As long as it may decide by what it has promised a bound for, though a shorter retention is set since. */
    private Duration kept(KnownFollower one) {
        return one.bound().filter(bound -> bound.compareTo(retention) > 0).orElse(retention);
    }

    private Confirmed confirmed(String[] words) {
        Outcome outcome = switch (words[0]) {
            case "added" -> Outcome.ADDED;
            case "new" -> Outcome.TOO_NEW;
            case "many" -> Outcome.TOO_MANY;
            default -> Outcome.CONFIRMED;
        };
        return new Confirmed(
                outcome,
                new Stamp(Long.parseLong(words[1])),
                FollowerText.time(words[2]).plus(retention));
    }

    @Override
    public Future<Removed> remove(Remove request) {
        return link.send(Call.of(Command.HDEL, keys.followers).arg(FollowerText.field(request.follower())))
                .map(reply -> new Removed(reply.toInteger() == 1));
    }

    @Override
    public Future<Found> find(Find request) {
        return link.send(Script.FOLLOWERS.call(keys.followers, keys.events)).map(reply -> found(reply, request));
    }

    private Found found(Response reply, Find request) {
        Instant time = FollowerText.time(reply.get(0).toString());
        List<KnownFollower> followers = IntStream.range(1, reply.size() / 2)
                .mapToObj(pair -> FollowerText.parse(
                        reply.get(2 * pair).toString(), reply.get(2 * pair + 1).toString()))
                .flatMap(Optional::stream)
                .filter(one -> request.caller().map(one.id().caller()::equals).orElse(true))
                .filter(one -> !time.isAfter(one.heard().plus(kept(one))))
                .sorted(Comparator.comparing((KnownFollower one) -> one.id().name())
                        .thenComparing(one -> one.id().caller()))
                .toList();
        return new Found(new Stamp(reply.get(1).toLong()), time, followers);
    }
}
