package io.revoker.feed;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.refreshId;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Selector;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.MarkStore.MarkSlice;
import io.revoker.domain.store.Traits;
import io.revoker.testing.Grants;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkViewTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Grant ONE = Grants.access(JOE);
    private static final int MANY = 25_000;
    private static final long SEED = 20_261_129;

    private final MarkView view = new MarkView();

    @Test
    void knowsTheNewestMarkOverAHolder() {
        learn(1, new Target.OfRealm(JOE.realm()));
        learn(2, new Target.OfUser(JOE.user()));
        learn(3, new Target.OfUserInRealm(JOE));

        assertThat(view.newestFor(JOE)).isEqualTo(new Stamp(3));
        assertThat(view.newestFor(holder("corp", "eve"))).isEqualTo(new Stamp(1));
        assertThat(view.newestFor(holder("home", "joe"))).isEqualTo(new Stamp(2));
        assertThat(view.newestFor(holder("home", "eve"))).isEqualTo(Stamp.NONE);
        assertThat(view.newestMark()).isEqualTo(new Stamp(3));
    }

    @Test
    void knowsTheLatestInstantBeforeWhichATokenMustNotHaveBeenIssued() {
        Grant shop = Grants.ofClient("shop", ONE);
        learnEarly(new Target.OfRealm(JOE.realm()), 5);
        learnEarly(new Target.OfUser(JOE.user()), 3);
        learnEarly(Grants.selected(new Target.OfUserInRealm(JOE), Selector.By.CLIENT, "shop"), 7);

        assertThat(view.coverOf(Traits.of(shop))).isEqualTo(new Cover(Stamp.NONE, second(7)));
        assertThat(view.coverOf(Traits.of(ONE))).isEqualTo(new Cover(Stamp.NONE, second(5)));
        assertThat(view.coverOf(Traits.of(Grants.access(holder("home", "joe")))).issuedBefore())
                .isEqualTo(second(3));
        learnEarly(new Target.OfAll(), 4);
        assertThat(view.coverOf(Traits.of(Grants.access(holder("home", "eve")))))
                .isEqualTo(new Cover(Stamp.NONE, second(4)));
        assertThat(view.newestFor(JOE)).isEqualTo(Stamp.NONE);
    }

    @Test
    void looksNothingUpForATokenThatIsYoungerThanAllMarks() {
        assertThat(view.mayCover(Stamp.NONE)).isFalse();
        learn(2, new Target.OfUser(JOE.user()));
        assertThat(view.mayCover(new Stamp(1))).isTrue();
        assertThat(view.mayCover(new Stamp(2))).isFalse();

        learnEarly(new Target.OfRealm(JOE.realm()), 5);
        assertThat(view.mayCover(new Stamp(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void looksSelectionsOfWhatWasIssuedBeforeUpForEveryToken() {
        learnEarly(Grants.selected(new Target.OfUserInRealm(JOE), Selector.By.CLIENT, "shop"), 7);

        assertThat(view.mayCover(new Stamp(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void looksUpWhatWasReadOfTheStore() {
        MarkSlice.Builder read = new MarkSlice.Builder(0);
        long id = MarkId.ofHolder(JOE);
        read.mark(id, 4);

        view.replace(MarkId.slice(id), read.build(), Stamp.NONE);

        assertThat(view.mayCover(new Stamp(3))).isTrue();
        assertThat(view.mayCover(new Stamp(4))).isFalse();
    }

    /** The answer to a removal may come after the log has been read up to a newer lock. */
    @Test
    void keepsALockThatIsNewerThanTheOneThatWasRemoved() {
        Target target = new Target.OfUserInRealm(JOE);
        Instant end = Instant.ofEpochSecond(100);
        lock(1, target, end);
        lock(3, target, end.plusSeconds(1));

        view.unlock(new Lock(target, end, new Stamp(1), "", Optional.empty()));

        assertThat(view.lockedUntil(Traits.of(ONE))).contains(end.plusSeconds(1));
        view.unlock(new Lock(target, end.plusSeconds(1), new Stamp(3), "", Optional.empty()));
        assertThat(view.lockedUntil(Traits.of(ONE))).isEmpty();
    }

    /** Of what was read of the store before, one can't see that it lacks a mark whose value is old. */
    @Test
    void keepsSuchAMarkUntilItHasBeenRead() {
        Target early = new Target.IssuedBefore(new Target.OfUserInRealm(JOE), Instant.ofEpochSecond(5));
        Revocation revocation = new Revocation(new Stamp(90_000_000), early);
        int slice = MarkId.slice(MarkId.of(early).bits());
        view.learn(revocation);

        view.replace(slice, MarkSlice.EMPTY, new Stamp(80_000_000));
        assertThat(view.coverOf(Traits.of(ONE)).issuedBefore()).isEqualTo(second(5));

        view.read(revocation);
        assertThat(view.coverOf(Traits.of(ONE)).issuedBefore()).isEqualTo(second(5));
        view.replace(slice, MarkSlice.EMPTY, new Stamp(90_000_000));
        assertThat(view.coverOf(Traits.of(ONE))).isEqualTo(Cover.NONE);
    }

    @Test
    void looksForNothingThatItReadBeforeItsWriterHadTheReply() {
        Revocation early = new Revocation(
                new Stamp(90_000_000),
                new Target.IssuedBefore(new Target.OfUserInRealm(JOE), Instant.ofEpochSecond(5)));
        Revocation other = new Revocation(new Stamp(90_000_001), new Target.OfUserInRealm(JOE));
        view.read(early);

        view.learn(early);
        view.learn(other);

        assertThat(view.unread()).containsExactly(other.stamp());
    }

    private void learnEarly(Target base, long second) {
        learn(90_000_000, new Target.IssuedBefore(base, Instant.ofEpochSecond(second)));
    }

    private static Stamp second(long second) {
        return new Stamp(second * 1_000_000);
    }

    @Test
    void remembersARevokedTokenUntilTheStoreIsKnownToHaveIt() {
        learn(1, new Target.OneToken(TokenKind.ACCESS, accessId(ONE)));

        assertThat(remembers(ONE, TokenKind.ACCESS)).isTrue();
        view.progress().becomeCurrent();
        assertThat(remembers(ONE, TokenKind.ACCESS)).isFalse();
        view.progress().fallBehind();
        assertThat(remembers(ONE, TokenKind.ACCESS)).isTrue();
        assertThat(remembers(Grants.access(JOE), TokenKind.ACCESS)).isFalse();
    }

    /** Somebody of another realm names its id, before and after. */
    @Test
    void remembersARevokedJwtOfItsRealmOnly() {
        TokenId id = accessId(ONE);
        RealmId other = new RealmId("other");
        learn(2, new Target.OneJwt(other, id, Instant.MAX, Extent.GRANT));

        assertThat(view.remembersAny(other, List.of(id))).isTrue();
        assertThat(view.remembersAny(JOE.realm(), List.of(id))).isFalse();
        assertThat(remembers(ONE, TokenKind.ACCESS)).isFalse();

        learn(3, new Target.OneJwt(JOE.realm(), id, Instant.MAX));
        learn(4, new Target.OneJwt(other, id, Instant.MAX));

        assertThat(view.remembersAny(JOE.realm(), List.of(id))).isTrue();
        assertThat(remembers(ONE, TokenKind.ACCESS)).isTrue();
    }

    @Test
    void remembersARevokedJwtWithItsPairInItsRealmOnly() {
        Grant pair = Grants.pair(JOE);
        learn(1, new Target.OneJwt(new RealmId("other"), accessId(pair), Instant.MAX, Extent.GRANT));
        assertThat(remembers(pair, TokenKind.REFRESH)).isFalse();

        learn(2, new Target.OneJwt(JOE.realm(), accessId(pair), Instant.MAX, Extent.GRANT));
        assertThat(remembers(pair, TokenKind.REFRESH)).isTrue();
    }

    @Test
    void remembersBothTokensOfARevokedPairAndOnlyOneIfOneWasRevoked() {
        Grant pair = Grants.pair(JOE);
        Grant half = Grants.pair(JOE);
        learn(1, new Target.OneToken(TokenKind.REFRESH, refreshId(pair), Extent.GRANT));
        learn(2, new Target.OneToken(TokenKind.REFRESH, refreshId(half)));

        assertThat(remembers(pair, TokenKind.REFRESH)).isTrue();
        assertThat(remembers(pair, TokenKind.ACCESS)).isTrue();
        assertThat(remembers(half, TokenKind.REFRESH)).isTrue();
        assertThat(remembers(half, TokenKind.ACCESS)).isFalse();
    }

    /** It is read from the log again, after the revocation of the token alone. */
    @Test
    void doesNotForgetThatAPairWasRevokedWhenOneOfItsTokensIs() {
        Grant pair = Grants.pair(JOE);
        learn(2, new Target.OneToken(TokenKind.REFRESH, refreshId(pair)));
        learn(1, new Target.OneToken(TokenKind.REFRESH, refreshId(pair), Extent.GRANT));
        learn(3, new Target.OneToken(TokenKind.REFRESH, refreshId(pair)));

        assertThat(remembers(pair, TokenKind.ACCESS)).isTrue();
    }

    private boolean remembers(Grant grant, TokenKind kind) {
        Granted token = grant.get(kind).orElseThrow();
        return view.remembers(new Token(
                token.id(),
                token.signature(),
                kind,
                grant.holder(),
                grant.facts(kind),
                token.expiresAt(),
                Token.State.LIVE,
                Stamp.NONE,
                grant.get(kind.other()).map(other -> other.id().firstBits())));
    }

    @Test
    void neverLowersAMark() {
        learn(9, new Target.OfUser(JOE.user()));
        learn(1, new Target.OfUser(JOE.user()));

        assertThat(view.newestFor(JOE)).isEqualTo(new Stamp(9));
        assertThat(view.size()).isEqualTo(1);
    }

    @Test
    void losesWhatTheStoreHasDroppedAndKeepsWhatIsNewer() {
        IntStream.range(0, MANY).forEach(i -> learn(1 + i, user(i)));

        for (int slice = 0; slice < MarkStore.SLICES; slice++) {
            view.replace(slice, MarkSlice.EMPTY, new Stamp(MANY - 100));
        }

        assertThat(view.size()).isEqualTo(100);
        assertThat(IntStream.range(0, MANY)
                        .filter(i ->
                                !view.newestFor(holder("corp", "user " + i)).equals(Stamp.NONE)))
                .containsExactlyElementsOf(
                        IntStream.range(MANY - 100, MANY).boxed().toList());
    }

    /** Half of them are raised again. */
    @Test
    void holdsAsMuchAsAPlainMap() {
        Map<MarkId, Long> plain = new HashMap<>();
        Random random = new Random(SEED);
        for (int i = 0; i < 2 * MANY; i++) {
            Target target = user(random.nextInt(MANY));
            long stamp = 1L + random.nextInt(1000);
            learn(stamp, target);
            plain.merge(MarkId.of(target), stamp, Math::max);
        }

        assertThat(view.size()).isEqualTo(plain.size());
        Map<MarkId, Long> held = new HashMap<>();
        for (int slice = 0; slice < MarkStore.SLICES; slice++) {
            view.slice(slice).forEach((id, stamp) -> held.put(new MarkId(id), stamp));
        }
        assertThat(held).isEqualTo(plain);
    }

    @Test
    void takesNoMoreThanTwentyFourBytesForEachOfManyMarks() {
        for (int marks : new int[] {1000, 5000, 10_000, 12_345}) {
            MarkSlice.Builder slice = new MarkSlice.Builder(marks);
            for (int i = 1; i <= marks; i++) {
                slice.mark(i * 0x9E3779B97F4A7C15L, i);
            }
            MarkSlots slots = MarkSlots.copyOf(slice.build(), 0);
            assertThat(slots.bytes()).isLessThanOrEqualTo(24L * marks);
            assertThat(MarkSlots.copyOf(slots.toSlice(), 1).bytes()).isLessThanOrEqualTo(24L * (marks + 1));
        }
    }

    /** The log is read later, or the store's locks were asked for before. */
    @Test
    void bringsNoLockBackThatWasRemovedHere() {
        Target target = new Target.OfUserInRealm(JOE);
        Instant end = Instant.ofEpochSecond(100);
        Lock removed = new Lock(target, end, new Stamp(3), "", Optional.empty());
        view.unlock(removed);

        lock(3, target, end);
        view.locks().replace(List.of(removed), new Stamp(3));
        view.locks().replace(List.of(), new Stamp(2));
        lock(3, target, end);

        assertThat(view.lockedUntil(Traits.of(ONE))).isEmpty();
        lock(4, target, end);
        assertThat(view.lockedUntil(Traits.of(ONE))).contains(end);
    }

    /** Redis may lose that it was removed: then it holds on every instance. */
    @Test
    void takesALockAgainThatTheStoreHasAfterAll() {
        Target target = new Target.OfUserInRealm(JOE);
        Lock lock = new Lock(target, Instant.ofEpochSecond(100), new Stamp(3), "", Optional.empty());
        view.unlock(lock);
        view.locks().replace(List.of(), new Stamp(5));

        view.locks().replace(List.of(lock), new Stamp(6));

        assertThat(view.lockedUntil(Traits.of(ONE))).contains(lock.until());
    }

    private void lock(long stamp, Target target, Instant until) {
        view.learn(new Revocation(new Stamp(stamp), target, Optional.empty(), Optional.of(until)));
    }

    private void learn(long stamp, Target target) {
        view.learn(new Revocation(new Stamp(stamp), target));
    }

    private static Target user(int i) {
        return new Target.OfUser(holder("corp", "user " + i).user());
    }
}
