package io.revoker.redis;

import io.revoker.domain.Grant;
import io.revoker.domain.GrantId;
import io.revoker.domain.Problem;
import io.revoker.domain.Registration;
import io.revoker.domain.Registration.Outcome;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Registers grants, in two round trips.
 *
 * <p>The first writes the records, each only if it is not there, and reads the newest stamp of a mark: the birth stamp. The second writes the index
 * sets, then the grant, then reads the newest stamp again. If it has not moved, every later mark is raised after the grant was written, so
 * that its sweep finds it. If it has moved, the marks that apply are read: one that is newer than the birth stamp may have swept before the grant was
 * there, so the grant is born again after it, unless a revocation has touched it meanwhile.
 */
final class Registrar {
    private static final int REBIRTHS = 100;
    private static final int KNOWN_REALMS = 10_000;

    private final RedisLink link;
    private final Keys keys;
    private final InstantSource time;
    private final Map<String, Long> realmExpiries = new HashMap<>();

    Registrar(RedisLink link, Keys keys, InstantSource time) {
        this.link = link;
        this.keys = keys;
        this.time = time;
    }

    /** Forgets what is known of the server: it may have been replaced by one that knows less. */
    void forget() {
        realmExpiries.clear();
    }

    Future<Registration> register(Grant grant) {
        List<Written> tokens = tokens(grant);
        List<Future<Response>> replies =
                tokens.stream().map(token -> link.send(token.request(keys))).toList();
        Future<Response> last = link.send(Request.cmd(Command.GET).arg(keys.last));
        return Future.all(Stream.concat(replies.stream(), Stream.of(last)).toList())
                .compose(done -> recordsWritten(grant, tokens, replies, stamp(last.result())));
    }

    private static List<Written> tokens(Grant grant) {
        return Arrays.stream(TokenKind.values())
                .flatMap(kind -> grant.get(kind).stream()
                        .map(token -> new Written(token.id(), TokenRecord.of(grant, kind, token))))
                .toList();
    }

    private Future<Registration> recordsWritten(
            Grant grant, List<Written> tokens, List<Future<Response>> replies, Stamp birth) {
        List<Optional<TokenRecord>> held = replies.stream()
                .map(reply -> Optional.ofNullable(reply.result()).map(found -> TokenRecord.decode(found.toBytes())))
                .toList();
        if (IntStream.range(0, tokens.size()).allMatch(i -> tokens.get(i).agreesWith(held.get(i)))) {
            return write(grant.issuedAt(issuedAt(grant, held.get(0))), birth);
        }
        return undo(tokens, held).map(undone -> new Registration(Outcome.CONFLICT, grant));
    }

    /** Of two registrations at a time, the one that wrote the record of the first token says when the grant was issued. */
    private static Instant issuedAt(Grant grant, Optional<TokenRecord> first) {
        return first.map(TokenRecord::facts).orElse(grant.facts()).issuedAt();
    }

    private Future<?> undo(List<Written> tokens, List<Optional<TokenRecord>> held) {
        return Future.all(IntStream.range(0, tokens.size())
                .filter(i -> held.get(i).isEmpty())
                .mapToObj(i -> link.send(tokens.get(i).undo(keys)))
                .toList());
    }

    private Future<Registration> write(Grant grant, Stamp birth) {
        GrantState state = GrantState.of(grant, birth);
        long expiry = grant.lastExpiry().getEpochSecond();
        Future<?> realm = addRealm(grant.holder(), expiry);
        Future<?> user = link.send(Script.INDEX
                .call()
                .arg(keys.realmShard(grant.holder()))
                .arg(grant.holder().user().value())
                .arg(expiry));
        Future<Response> held = link.send(Script.PUT
                .call()
                .arg(keys.grants(grant.holder()))
                .arg(GrantState.field(GrantId.of(grant)))
                .arg(state.encode()));
        Future<Response> last = link.send(Request.cmd(Command.GET).arg(keys.last));
        return Future.all(realm, user, held, last).compose(done -> {
            if (held.result() != null) {
                return repeated(grant, GrantState.decode(held.result().toBytes()));
            }
            return settle(new Birth(grant, state), stamp(last.result()), REBIRTHS);
        });
    }

    private Future<?> addRealm(UserInRealm holder, long expiry) {
        String realm = holder.realm().value();
        if (realmExpiries.getOrDefault(realm, 0L) >= expiry) {
            return Future.succeededFuture();
        }
        return link.send(Script.INDEX.call().arg(keys.realms).arg(realm).arg(expiry))
                .onSuccess(done -> {
                    if (realmExpiries.size() >= KNOWN_REALMS) {
                        realmExpiries.clear();
                    }
                    realmExpiries.merge(realm, expiry, Math::max);
                });
    }

    /** What was registered before has its own time of issue. */
    private Future<Registration> repeated(Grant grant, GrantState held) {
        Duration later = Duration.between(
                grant.first().expiresAt(),
                held.expiry(grant.access().isPresent() ? TokenKind.ACCESS : TokenKind.REFRESH));
        Grant before = grant.issuedAt(grant.facts().issuedAt().plus(later));
        if (!held.hasTheTokensOf(GrantState.of(before, held.birth()))) {
            return Future.succeededFuture(new Registration(Outcome.CONFLICT, grant));
        }
        if (!held.isLiveAt(time.instant())) {
            return Future.succeededFuture(new Registration(Outcome.INVALIDATED, before));
        }
        return newestMark(grant.holder())
                .map(mark -> mark.isAfter(held.birth()) ? Outcome.INVALIDATED : Outcome.UNCHANGED)
                .map(outcome -> new Registration(outcome, before));
    }

    /** A grant that was just written, waiting for the newest stamp to stand still. */
    private record Birth(Grant grant, GrantState state) {
        Birth after(Stamp stamp) {
            return new Birth(grant, state.bornAt(stamp));
        }
    }

    private Future<Registration> settle(Birth birth, Stamp last, int left) {
        if (last.equals(birth.state().birth())) {
            return Future.succeededFuture(new Registration(Outcome.CREATED, birth.grant()));
        }
        if (left == 0) {
            return Future.failedFuture(Problem.overloaded("registration: overtaken by " + REBIRTHS + " revocations"));
        }
        return newestMark(birth.grant().holder()).compose(mark -> {
            if (!mark.isAfter(birth.state().birth())) {
                return Future.succeededFuture(new Registration(Outcome.CREATED, birth.grant()));
            }
            return rebirth(birth, birth.after(last.isAfter(mark) ? last : mark), left);
        });
    }

    private Future<Registration> rebirth(Birth before, Birth after, int left) {
        Future<Response> moved = link.send(Script.REBIRTH
                .call()
                .arg(keys.grants(before.grant().holder()))
                .arg(GrantState.field(GrantId.of(before.grant())))
                .arg(before.state().encode())
                .arg(after.state().encode()));
        Future<Response> last = link.send(Request.cmd(Command.GET).arg(keys.last));
        return Future.all(moved, last)
                .compose(done -> moved.result().toInteger() == 1
                        ? settle(after, stamp(last.result()), left - 1)
                        : Future.succeededFuture(new Registration(Outcome.INVALIDATED, before.grant())));
    }

    private Future<Stamp> newestMark(UserInRealm holder) {
        Request marks = Request.cmd(Command.ZMSCORE).arg(keys.marks);
        Stream.of(
                        new Target.OfRealm(holder.realm()),
                        new Target.OfUser(holder.user()),
                        new Target.OfUserInRealm(holder))
                .map(TargetText::of)
                .forEach(marks::arg);
        return link.send(marks)
                .map(scores -> scores.stream()
                        .filter(score -> score != null)
                        .map(score -> new Stamp(score.toDouble().longValue()))
                        .max(Stamp::compareTo)
                        .orElse(Stamp.NONE));
    }

    private static Stamp stamp(Response reply) {
        return reply == null ? Stamp.NONE : new Stamp(reply.toLong());
    }

    /** A token whose record is to be written. */
    private record Written(TokenId id, TokenRecord content) {
        Request request(Keys keys) {
            return Script.PUT.call().arg(keys.records(id)).arg(id.bytes()).arg(content.encode());
        }

        /** Whether the record that was there before, if any, says the same. */
        boolean agreesWith(Optional<TokenRecord> held) {
            return held.map(content::saysTheSameAs).orElse(true);
        }

        Request undo(Keys keys) {
            return Request.cmd(Command.HDEL).arg(keys.records(id)).arg(id.bytes());
        }
    }
}
