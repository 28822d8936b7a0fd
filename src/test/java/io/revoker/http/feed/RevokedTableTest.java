package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation;
import io.revoker.domain.Revocation.Registered;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserName;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.MarkId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What snapshots are made of. */
class RevokedTableTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final RealmId CORP = new RealmId("corp");

    private final RevokedTable table = new RevokedTable(5000, Stamp.NONE);

    @Test
    void forgetsTheOldestWhenThereAreTooManyAndSaysSo() {
        add(token(1, "a", 60), token(2, "b", 60));
        assertThat(snapshot(RealmScope.ALL).since()).isEqualTo(Stamp.NONE);

        IntStream.range(3, 5003).forEach(i -> add(token(i, "c" + i, 60)));

        Snapshot snapshot = snapshot(RealmScope.ALL);
        assertThat(snapshot.tokens()).hasSize(5000).doesNotContain(hash("a"), hash("b"));
        assertThat(snapshot.since()).isEqualTo(new Stamp(2));
        assertThat(snapshot.stamp()).isEqualTo(new Stamp(5002));
    }

    /** Whatever it has forgotten leaves its memory, too. */
    @Test
    void takesLittleForARowHoweverManyThereAre() {
        RevokedTable large = new RevokedTable(100_000, Stamp.NONE);
        for (int i = 1; i <= 300_000; i++) {
            large.add(List.of(user(i, "user-" + i)), new Stamp(i));
        }

        assertThat(large.bytes()).isBetween(2_800_000L, 3_100_000L);
        assertThat(Snapshot.of(large.view(), RealmScope.ALL, List.of(), NOW).marks())
                .hasSize(200_000);
        large.forget(new Stamp(300_001));
        assertThat(large.bytes()).isLessThan(200_000);
        large.add(List.of(user(300_002, "next")), new Stamp(300_002));
        assertThat(Snapshot.of(large.view(), RealmScope.ALL, List.of(), NOW).marks())
                .containsExactly(mark("next"), 300_002);
    }

    /** Anyone who may revoke may make up names: those of what is forgotten leave its memory, too. */
    @Test
    void forgetsTheRealmsOfWhatIsForgotten() {
        for (int i = 1; i <= 40_000; i++) {
            add(realm(i, "realm-" + i));
            if (i % 1000 == 0) {
                table.forget(new Stamp(i - 10));
            }
        }
        RevokedTable.View before = table.view();
        assertThat(table.realms()).isLessThan(10_000);

        table.forget(new Stamp(39_999));
        add(user(40_001, "joe"), realm(40_002, "realm-39999"), realm(40_003, "corp"));

        for (String name : List.of("realm-39999", "realm-40000", "corp")) {
            RealmScope only = RealmScope.only(Set.of(new RealmId(name)));
            assertThat(hashes(snapshot(only).marks()))
                    .as(name)
                    .containsExactlyInAnyOrder(mark("joe"), MarkId.ofRealm(new RealmId(name)));
        }
        assertThat(hashes(Snapshot.of(before, RealmScope.only(Set.of(new RealmId("realm-39995"))), List.of(), NOW)
                        .marks()))
                .containsExactly(MarkId.ofRealm(new RealmId("realm-39995")));
    }

    private static List<Long> hashes(long[] marks) {
        return IntStream.range(0, marks.length / 2).mapToObj(i -> marks[2 * i]).toList();
    }

    private static LogEvent realm(long stamp, String name) {
        return new LogEvent.Revoked(new Revocation(new Stamp(stamp), new Target.OfRealm(new RealmId(name))));
    }

    @Test
    void forgetsWhatIsTooOldAndLeavesOutWhatHasExpired() {
        add(
                token(10, "old", 60),
                token(20, "expired", -330),
                token(25, "accepted with a leeway", -270),
                token(30, "good", 60));

        table.forget(new Stamp(15));

        Snapshot snapshot = snapshot(RealmScope.ALL);
        assertThat(snapshot.tokens()).containsExactlyInAnyOrder(hash("good"), hash("accepted with a leeway"));
        assertThat(snapshot.since()).isEqualTo(new Stamp(15));
    }

    @Test
    void doesNotTrustWhatIsBeforeALoss() {
        add(token(10, "before", 60), new LogEvent.Lost(new Stamp(20)), token(30, "after", 60));

        Snapshot snapshot = snapshot(RealmScope.ALL);

        assertThat(snapshot.since()).isEqualTo(new Stamp(20));
        assertThat(snapshot.tokens()).hasSize(2);
    }

    @Test
    void hasOfEachMarkTheGreatestValueInTheOrderOfTheHashes() {
        long[] ids = IntStream.range(0, 100).mapToLong(i -> mark("user-" + i)).toArray();
        IntStream.range(0, 300).forEach(i -> add(user(i + 1, "user-" + i % 100)));
        add(new LogEvent.Revoked(new Revocation(
                new Stamp(400),
                new Target.IssuedBefore(new Target.OfUser(new UserName("user-0")), Instant.EPOCH.plusMillis(1)))));

        long[] marks = snapshot(RealmScope.ALL).marks();

        assertThat(marks).hasSize(2 * 101);
        long[] hashes = IntStream.range(0, 101).mapToLong(i -> marks[2 * i]).toArray();
        assertThat(LongStream.of(hashes).boxed()).isSortedAccordingTo(Long::compareUnsigned);
        assertThat(hashes).contains(ids);
        int first = Arrays.stream(hashes).boxed().toList().indexOf(mark("user-0"));
        assertThat(marks[2 * first + 1]).isEqualTo(201);
    }

    @Test
    void hasTheOtherTokenOfAPairAndTheRealmsThatAreAsked() {
        TokenId id = TokenId.of("refresh");
        add(
                new LogEvent.Revoked(new Revocation(
                        new Stamp(1),
                        new Target.OneToken(TokenKind.REFRESH, id, Target.Extent.GRANT),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Registered(CORP, NOW.plusSeconds(60), Optional.of(-7L))))),
                user(2, "joe"));

        assertThat(snapshot(RealmScope.only(Set.of(CORP))).tokens()).containsExactlyInAnyOrder(id.firstBits(), -7L);
        Snapshot other = snapshot(RealmScope.only(Set.of(new RealmId("other"))));
        assertThat(other.tokens()).isEmpty();
        assertThat(other.marks()).containsExactly(mark("joe"), 2);
    }

    private void add(LogEvent... events) {
        table.add(List.of(events), events[events.length - 1].stamp());
    }

    private Snapshot snapshot(RealmScope realms) {
        return Snapshot.of(table.view(), realms, List.of(), NOW);
    }

    private static LogEvent token(long stamp, String token, long seconds) {
        return new LogEvent.Revoked(new Revocation(
                new Stamp(stamp),
                new Target.OneToken(TokenKind.ACCESS, TokenId.of(token)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Registered(CORP, NOW.plusSeconds(seconds), Optional.empty()))));
    }

    private static LogEvent user(long stamp, String name) {
        return new LogEvent.Revoked(new Revocation(new Stamp(stamp), new Target.OfUser(new UserName(name))));
    }

    private static long mark(String user) {
        return MarkId.of(new Target.OfUser(new UserName(user))).bits();
    }

    private static long hash(String token) {
        return TokenId.of(token).firstBits();
    }
}
