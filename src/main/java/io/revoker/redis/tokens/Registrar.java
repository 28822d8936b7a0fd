package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Covers;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.Traits;
import io.revoker.redis.index.RealmList;
import io.revoker.redis.index.RealmsOfUsers;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.revoker.redis.tokens.MarkRace.Beginning;
import io.revoker.redis.tokens.MarkRace.Birth;
import io.revoker.redis.tokens.RecordWriter.Differing;
import io.revoker.redis.tokens.RecordWriter.Recorded;
import io.revoker.redis.tokens.RecordWriter.Written;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Registers grants in a {@linkplain SingleStep single step}; or, where it is not as simple as that, in two round trips,
 * in a Cluster in three. The first writes the records and reads the newest stamp of
 * a mark, which becomes the birth stamp. The second writes the grant with its index entries, and reads the newest
 * stamp again. If that has moved, see {@link MarkRace}.
 */
final class Registrar {
    private final RedisLink link;
    private final Keys keys;
    private final InstantSource time;
    private final RecordWriter writer;
    private final MarkRace race;
    private final BundleChooser bundles;
    private final SingleStep single;
    private final PairRotation rotation;
    private final RealmsOfUsers realms;
    private final RealmList listed;

    Registrar(
            RedisLink link, Keys keys, InstantSource time, MarkRace race, BundleChooser bundles, RealmsOfUsers realms) {
        this.link = link;
        this.keys = keys;
        this.time = time;
        this.writer = new RecordWriter(link, keys, time);
        this.race = race;
        this.bundles = bundles;
        this.single = new SingleStep(link, keys, race, bundles);
        this.rotation = new PairRotation(new PairLookup(new TokenReader(link, keys), time, race), this::asOne);
        this.realms = realms;
        this.listed = new RealmList(link, keys);
    }

    /** Forgets what is known of the server: it may have been replaced by one that has lost data. */
    void forget() {
        listed.forget();
        bundles.forget();
    }

    Future<Registration> register(Grant grant) {
        return race.locks().requireNoneHere(Traits.of(grant)).compose(free -> rotation.register(grant));
    }

    private Future<Registration> asOne(Grant grant) {
        Future<?> realm = listed.add(grant.holder(), expiry(grant));
        return bundles.next(grant.holder())
                .compose(bundle -> single.register(grant, bundle)
                        .compose(done -> done.map(registered -> realm.map(registered)
                                        .recover(failure -> Future.failedFuture(RedisFailure.afterWriting(failure))))
                                .orElseGet(() -> inSteps(grant, bundle))));
    }

    private Future<Registration> inSteps(Grant grant, Bundle bundle) {
        long begun = System.nanoTime();
        Future<Written> records = writer.write(grant, bundle);
        Future<Stamp> birth = race.next();
        Future<Void> indexed = realms.add(grant.holder(), expiry(grant));
        return Future.all(records, birth, indexed)
                .compose(done -> race.locks()
                        .requireNone(Traits.of(grant), birth.result())
                        .recover(failure -> takeBack(records.result(), failure)))
                .compose(free -> records.result() instanceof Recorded recorded
                        ? writeUnlessTooOld(grant, recorded, new Beginning(begun, birth.result(), Set.of()))
                        : Future.succeededFuture(conflict(grant, records.result())));
    }

    /** Nothing stays of what a lock refuses. After another failure a repetition needs the records. */
    private Future<Void> takeBack(Written records, Throwable failure) {
        return records instanceof Recorded recorded
                        && failure instanceof Problem problem
                        && problem.kind() == Problem.Kind.LOCKED
                ? writer.takeBackOwn(recorded).transform(done -> Future.failedFuture(failure))
                : Future.failedFuture(failure);
    }

    /**
     * Any later mark than the birth stamp is found after the grant was written. If one token of a pair is too old, it
     * is written as invalidated, and the other one is registered.
     */
    private Future<Registration> writeUnlessTooOld(Grant asked, Recorded recorded, Beginning beginning) {
        Grant grant = recorded.grant();
        return race.marks()
                .coversOf(Traits.of(grant), beginning.birth())
                .compose(covers -> covers.areTooOld(grant.facts().issuedAt())
                        ? writer.takeBackOwn(recorded).map(Registration.issuedTooEarly(grant))
                        : list(asked, recorded)
                                .compose(again -> write(
                                        recorded,
                                        beginning.with(
                                                covers.tooOld(grant.facts().issuedAt())))));
    }

    private static Registration conflict(Grant grant, Written written) {
        return Registration.conflict(grant, written instanceof Differing differing ? differing.fields() : Set.of());
    }

    /** Another registration of the same tokens may have written a later issue time, and so a later expiry. */
    private Future<Void> list(Grant asked, Recorded recorded) {
        Grant grant = recorded.grant();
        return expiry(grant) > expiry(asked) ? realms.add(grant.holder(), expiry(grant)) : Future.succeededFuture();
    }

    private static long expiry(Grant grant) {
        return grant.lastExpiry().getEpochSecond();
    }

    private Future<Registration> write(Recorded recorded, Beginning beginning) {
        Grant grant = recorded.grant();
        Future<?> realm = listed.add(grant.holder(), expiry(grant));
        Future<Response> written = link.send(Script.GRANT
                .call(written(recorded.bundle()))
                .arg(recorded.bundle().field(GrantId.of(grant).value()))
                .arg(GrantState.of(grant, beginning.birth())
                        .without(beginning.tooOld())
                        .encode())
                .arg(recorded.bundle().member())
                .arg(recorded.bundle().name()));
        Future<Stamp> last = race.lastAfter(Future.join(realm, written));
        return Future.join(realm, written, last)
                .compose(done -> written(recorded, beginning, written.result(), last.result()))
                .recover(failure -> Future.failedFuture(failure(written, failure)));
    }

    /** Of a later step, if the grant was written by this registration: one that is repeated would find it there. */
    private static Throwable failure(AsyncResult<Response> written, Throwable failure) {
        if (written.failed()) {
            return written.cause();
        }
        return isNew(written.result()) ? RedisFailure.afterWriting(failure) : failure;
    }

    private static boolean isNew(Response reply) {
        return reply.get(1).toInteger() != 0;
    }

    private List<String> written(Bundle bundle) {
        UserInRealm holder = bundle.holder();
        String index = keys.index(bundle);
        return bundle.isAnother()
                ? List.of(keys.grants(bundle), index, keys.grants(Bundle.first(holder)), keys.bundles(holder))
                : List.of(keys.grants(bundle), index);
    }

    private Future<Registration> written(Recorded recorded, Beginning beginning, Response reply, Stamp last) {
        Grant grant = recorded.grant();
        GrantState state = GrantState.decode(reply.get(0).toBytes());
        if (!isNew(reply)) {
            Instant now = Instant.ofEpochSecond(reply.get(3).toLong());
            return recorded.isNewBeside(state, now)
                    ? beside(recorded, beginning, now)
                    : repeated(grant, state.after(reply.get(2).toBytes()));
        }
        bundles.written(recorded.bundle(), reply.get(3).toInteger());
        return race.settle(new Birth(Traits.of(grant), recorded.bundle(), GrantId.of(grant), state, beginning), last)
                .map(live -> new Registration(live ? Outcome.CREATED : Outcome.INVALIDATED, grant));
    }

    /** The grant at this place belongs to another token with the same id, which has expired; its partner has not. */
    private Future<Registration> beside(Recorded recorded, Beginning beginning, Instant now) {
        Optional<Bundle> free = BundleChooser.beside(recorded.bundle(), GrantId.of(recorded.grant()));
        return recorded.entries().size() > 1 || free.isEmpty()
                ? writer.takeBack(recorded, now).map(refused -> conflict(recorded.grant(), refused))
                : writer.move(recorded, free.get()).compose(moved -> write(moved, beginning));
    }

    /** The registered grant has its own issue time. */
    private Future<Registration> repeated(Grant grant, GrantState held) {
        Duration later = Duration.between(
                grant.first().expiresAt(),
                held.expiry(grant.access().isPresent() ? TokenKind.ACCESS : TokenKind.REFRESH));
        Grant before = grant.issuedAt(grant.facts().issuedAt().plus(later));
        if (!held.hasTheTokensOf(GrantState.of(before, held.birth()))) {
            return Future.succeededFuture(new Registration(Outcome.CONFLICT, grant));
        }
        return race.marks()
                .coversOf(Traits.of(before))
                .map(covers -> isLive(held, covers, before.facts().issuedAt()))
                .map(live -> new Registration(live ? Outcome.UNCHANGED : Outcome.INVALIDATED, before));
    }

    /** A token that is too old would be registered as invalidated: it doesn't count, if the other one is live. */
    private boolean isLive(GrantState held, Covers covers, Instant issuedAt) {
        Set<TokenKind> counting = held.unexpiredAt(time.instant());
        counting.removeAll(covers.tooOld(issuedAt));
        return !counting.isEmpty()
                && counting.stream()
                        .allMatch(kind ->
                                held.state(kind) == Token.State.LIVE && !covers.kill(kind, held.birth(), issuedAt));
    }
}
