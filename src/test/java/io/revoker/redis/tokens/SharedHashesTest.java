package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.LayoutVersion;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Users with few tokens share hashes, and are revoked as exactly as if they did not. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class SharedHashesTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target REALM = new Target.OfRealm(JOE.realm());
    private static final Target USER = new Target.OfUser(JOE.user());

    /** So many have more than one hash in each shard. */
    private static final int MANY = 800;

    private final String prefix = Backend.newPrefix();
    private final String url;
    private final RedisClient redis;
    private final Backend.Opened opened;
    private final Backend.Opened before;
    private final OnLoop store;
    private final OnLoop older;

    SharedHashesTest(RedisServers.Server server) {
        url = server.url();
        redis = RedisClient.of(url);
        opened = Backend.open(Tuning.DEFAULT, url, prefix);
        before = Backend.open(Tuning.DEFAULT.layout(LayoutVersion.FIRST), url, prefix);
        store = opened.ports();
        older = before.ports();
    }

    static List<Target> targetsOverJoe() {
        return List.of(REALM, USER, new Target.OfUserInRealm(JOE), new Target.OfAll());
    }

    static List<Target> targetsOverJoeAlone() {
        return List.of(USER, new Target.OfUserInRealm(JOE));
    }

    @AfterEach
    void close() {
        opened.close().run();
        before.close().run();
        redis.close();
    }

    @Test
    void hasOneHashForManyUsers() {
        register(store, users(80));

        assertThat(keys("h:")).hasSizeLessThanOrEqualTo(4);
        assertThat(sizes("h:")).isEqualTo(80);
        assertThat(keys("g:")).isEmpty();
        assertThat(keys("r:")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoeAlone")
    void invalidatesTheTokensOfOneUserAndNoOthers(Target joe) {
        List<Grant> others = register(store, users(80));
        Grant pair = register(Grants.pair(JOE));
        Grant half = register(Grants.pair(JOE));
        get(store.invalidate(find(half), Target.Extent.TOKEN));
        Stamp stamp = get(store.append(joe));

        assertThat(Sweeping.sweep(store, joe, stamp)).isEqualTo(new Tally(3, 1));
        assertThat(Sweeping.sweep(store, joe, stamp)).as("repeated").isEqualTo(new Tally(3, 1));
        assertThat(find(pair).state()).isEqualTo(Token.State.INVALIDATED);
        assertThat(others).allSatisfy(grant -> assertThat(find(grant).state()).isEqualTo(Token.State.LIVE));
        assertThat(sweep(REALM)).as("the others").isEqualTo(new Tally(80, 0));
        assertThat(sweep(joe)).as("again").isEqualTo(Tally.NONE);
    }

    @Test
    void countsATokenOfTwoSweepsOnce() {
        register(store, users(10));
        register(Grants.pair(JOE));
        Stamp user = get(store.append(USER));
        Stamp realm = get(store.append(REALM));

        assertThat(Sweeping.sweep(store, REALM, realm)).isEqualTo(new Tally(12, 0));
        assertThat(Sweeping.sweep(store, USER, user)).isEqualTo(Tally.NONE);
    }

    @Test
    void leavesWhatIsBornAfterTheStamp() {
        register(Grants.access(JOE));
        Stamp stamp = get(store.append(USER));
        Grant later = register(Grants.access(JOE));

        assertThat(Sweeping.sweep(store, USER, stamp)).isEqualTo(new Tally(1, 0));
        assertThat(find(later).state()).isEqualTo(Token.State.LIVE);
    }

    @Test
    void keepsEveryHashSmallAndFindsAllOfThem() {
        List<Grant> grants = register(store, users(MANY));

        assertThat(keys("h:")).hasSizeGreaterThan(8);
        assertThat(keys("h:"))
                .allSatisfy(key -> assertThat(redis.number("HLEN", key)).isLessThanOrEqualTo(Bundle.SIZE));
        assertThat(sizes("h:")).isEqualTo(MANY);
        assertThat(Sweeping.holders(store, REALM)).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(get(store.size(REALM))).isEqualTo(keys("h:").size());
        assertThat(counted(REALM)).isEqualTo(MANY);
        assertThat(sweep(REALM)).isEqualTo(new Tally(MANY, 0));
        assertThat(grants).allSatisfy(grant -> assertThat(find(grant).state()).isEqualTo(Token.State.INVALIDATED));
    }

    /** It has not seen how full the hashes are. */
    @Test
    void goesOnWhereAnotherInstanceIs() {
        register(store, users(MANY));
        List<Long> sizes = lowest();
        Backend.Opened started = Backend.open(Tuning.DEFAULT, url, prefix);

        register(started.ports(), users(MANY).skip(MANY / 2));

        assertThat(lowest()).isEqualTo(sizes);
        started.close().run();
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void findsTheTokensOfAUserInEveryLevel(Target target) {
        List<Grant> joes = Stream.concat(register(store, Stream.of(Grants.access(JOE))).stream(), Stream.empty())
                .toList();
        register(store, users(MANY));
        Grant later = register(Grants.pair(JOE));
        long others = targetsOverJoeAlone().contains(target) ? 0 : MANY;

        assertThat(keys("h:").stream().filter(this::hasJoe)).hasSize(2);
        assertThat(grants(JOE))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.holder()).isEqualTo(JOE));
        assertThat(counted(target)).isEqualTo(3 + others);
        assertThat(sweep(target)).isEqualTo(new Tally(3 + others, 0));
        assertThat(grants(JOE)).isEmpty();
        assertThat(Stream.concat(joes.stream(), Stream.of(later)))
                .allSatisfy(grant -> assertThat(find(grant).state()).isEqualTo(Token.State.INVALIDATED));
    }

    /** A user with many tokens has hashes of its own from some of them on, and does not make the others use more. */
    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void findsTheTokensOfAUserInOwnAndInSharedHashes(Target target) {
        int many = 8 * Bundle.SIZE;
        List<Grant> grants = register(store, IntStream.range(0, many).mapToObj(i -> Grants.access(JOE)));

        assertThat(sizes("h:")).as("the rest is in hashes of its own").isBetween((long) Bundle.SIZE, 4L * Bundle.SIZE);
        assertThat(keys("g:")).isNotEmpty();
        assertThat(grants(JOE)).hasSize(many);
        assertThat(counted(target)).isEqualTo(many);
        assertThat(sweep(target)).isEqualTo(new Tally(many, 0));
        assertThat(grants).allSatisfy(grant -> assertThat(find(grant).state()).isEqualTo(Token.State.INVALIDATED));
    }

    @ParameterizedTest
    @MethodSource("targetsOverJoe")
    void readsWhatEarlierBuildsHaveWritten(Target target) {
        Grant old = Grants.pair(JOE);
        assertThat(get(older.register(old)).outcome()).isEqualTo(Outcome.CREATED);
        Grant shared = register(Grants.pair(JOE));

        assertThat(get(store.register(old)).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(get(older.register(shared)).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(keys("g:")).hasSize(1);
        assertThat(keys("h:")).hasSize(1);
        assertThat(grants(JOE)).hasSize(2);
        assertThat(counted(target)).isEqualTo(4);
        assertThat(Sweeping.sweep(older, target, get(store.append(target)))).isEqualTo(new Tally(4, 0));
        assertThat(find(old).state()).isEqualTo(Token.State.INVALIDATED);
        assertThat(find(shared).state()).isEqualTo(Token.State.INVALIDATED);
    }

    /** With longer fields Redis would not keep the hash compact. */
    @Test
    void givesUsersWithLongNamesHashesOfTheirOwn() {
        register(Grants.access(holder("corp", "ü".repeat(28))));
        assertThat(keys("g:")).isEmpty();

        UserInRealm longer = holder("corp", "ü".repeat(28) + "x");
        register(Grants.access(longer));

        assertThat(keys("g:")).hasSize(1);
        assertThat(sweep(new Target.OfUser(longer.user()))).isEqualTo(new Tally(1, 0));
        assertThat(sweep(REALM)).isEqualTo(new Tally(1, 0));
    }

    @Test
    void reportsADamagedGrantToWhomItConcerns() {
        UserInRealm ann = holder("corp", "ann");
        register(Grants.access(JOE));
        register(Grants.access(ann));
        keys("h:")
                .forEach(key -> redis.call(
                        "EVAL",
                        "for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do if string.sub(field, 9) == 'joe' then "
                                + "redis.call('HSET', KEYS[1], field, 'damaged') end end",
                        "1",
                        key));

        assertThat(errors(ann)).isEmpty();
        assertThat(errors(JOE))
                .containsExactly(HolderProblem.of(JOE, "Redis: damaged grant").line());
        assertThat(Sweeping.grants(store, Holding.of(ann))).isEmpty();
    }

    @Test
    void sweepsTheRestIfOneHashIsOfAnotherType() {
        register(Grants.access(JOE));
        String key = keys("h:").get(0);
        redis.call("DEL", key);
        redis.call("SET", key, "text");
        get(older.register(Grants.access(JOE)));

        assertThat(errors(JOE)).hasSize(1).allSatisfy(line -> assertThat(line).contains("WRONGTYPE"));
        assertThat(sweep(REALM)).as("all of it is dead").isEqualTo(Tally.NONE);
    }

    private List<String> errors(UserInRealm holder) {
        Target target = new Target.OfUserInRealm(holder);
        Stamp stamp = get(store.append(target));
        Swept swept = get(store.sweep(
                target, List.of(new Piece(Holding.of(holder), Cursor.START)), new Pass(stamp, stamp.instant())));
        assertThat(swept.rest()).isEmpty();
        return swept.errors();
    }

    private static Stream<Grant> users(int many) {
        return IntStream.range(0, many).mapToObj(i -> Grants.access(holder("corp", "user-" + i)));
    }

    private Grant register(Grant grant) {
        return register(store, Stream.of(grant)).get(0);
    }

    private static List<Grant> register(OnLoop store, Stream<Grant> some) {
        List<Grant> grants = some.toList();
        assertThat(grants)
                .allSatisfy(grant ->
                        assertThat(get(store.register(grant)).outcome()).isEqualTo(Outcome.CREATED));
        return grants;
    }

    private Token find(Grant grant) {
        return get(store.find(accessId(grant))).orElseThrow();
    }

    private List<OfHolder> grants(UserInRealm holder) {
        return Sweeping.grants(store, Holding.of(holder));
    }

    private long counted(Target target) {
        return Sweeping.holdings(store, target).stream()
                .distinct()
                .flatMap(holding -> Sweeping.counted(store, holding, Choice.ALL).stream())
                .mapToLong(grant -> grant.live())
                .sum();
    }

    private Tally sweep(Target target) {
        return Sweeping.sweep(store, target, get(store.append(target)));
    }

    private boolean hasJoe(String key) {
        return redis.call("HKEYS", key).toString().contains("joe");
    }

    private List<Long> lowest() {
        return keys("h:").stream()
                .filter(key -> key.endsWith("}1") || key.endsWith("}2") || key.endsWith("}3"))
                .sorted()
                .map(key -> redis.number("HLEN", key))
                .toList();
    }

    private long sizes(String kind) {
        return keys(kind).stream().mapToLong(key -> redis.number("HLEN", key)).sum();
    }

    private List<String> keys(String kind) {
        return redis.keys(prefix + ":" + kind);
    }
}
