package io.revoker.revocation.count;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.domain.store.TokenStore;
import io.revoker.testing.AroundStore;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listings of a realm and of a user, up to each of their bounds and further, on an instance with one place. */
class TargetListingTest {
    private static final int USERS = 30;
    private static final int MANY = 1000;

    /** A holder gets another bundle once it is known that one is full. */
    private static final int TOGETHER = 50;

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final UserInRealm JOE = holder("corp", "joe-0");
    private static final Target CORP = new Target.OfRealm(JOE.realm());
    private static final Target USER = new Target.OfUser(JOE.user());

    private final String prefix = Backend.newPrefix();
    private final Backend.Opened opened =
            Backend.open(Tuning.OWN_HASHES, RedisServers.embedded().url(), prefix);
    /** Where users with few tokens share hashes. */
    private final Backend.Opened sharing =
            Backend.open(Tuning.DEFAULT, RedisServers.embedded().url(), Backend.newPrefix());

    private OnLoop ports = opened.ports();
    private final MemoryStore noMarks = new MemoryStore(InstantSource.system());
    private final HolderPlaces places = new HolderPlaces("listings of tokens", 1, 0);
    private final AtomicInteger read = new AtomicInteger();

    @AfterEach
    void close() {
        opened.close().run();
        sharing.close().run();
    }

    @Test
    void hasAllIfTheyAreAsManyAsItMayHave() {
        registerUsers();

        assertThat(list(USERS, MANY)).isEqualTo(USERS + ", all");
        assertThat(list(USERS - 1, MANY)).isEqualTo((USERS - 1) + ", more");
        assertThat(list(1, MANY)).isEqualTo("1, more");
    }

    @Test
    void looksAtNoMoreUsersThanItMay() {
        registerUsers();

        assertThat(list(MANY, 1)).isEqualTo("1, more");
        assertThat(list(MANY, USERS - 1)).isEqualTo((USERS - 1) + ", more");
        assertThat(list(MANY, USERS + 1)).isEqualTo(USERS + ", all");
    }

    /** The clock goes on by a millisecond each time that it is asked, which is before each step. */
    @Test
    void endsWhenItsTimeIsOverAndHasFoundWhereToGoOn() {
        registerUsers();

        ListedGrants page = page(CORP, "", Duration.ZERO, MANY, MANY);

        assertThat(page.grants()).isNotEmpty().hasSizeLessThan(USERS);
        assertThat(page(CORP, page.next().orElseThrow(), Duration.ZERO, MANY, MANY)
                        .grants())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(page.grants());
    }

    /** Some users have several bundles of grants, the others one grant each. */
    @ParameterizedTest
    @CsvSource({"1000, 1000", "1000, 1", "1000, 7", "250, 1000", "101, 3"})
    void goesOnWhereItEnded(int grants, int users) {
        registerUsers();
        registerAll(700, i -> holder("corp", "large-" + i % 2));

        List<Long> found = all(CORP, LONG, grants, users);

        assertThat(found).hasSize(USERS + 700).doesNotHaveDuplicates();
        assertThat(all(CORP, Duration.ZERO, grants, users)).containsExactlyInAnyOrderElementsOf(found);
    }

    /** Between the users of two sets there may be sets without any: a page that ends there forgets nothing. */
    @ParameterizedTest
    @CsvSource({"1000, 1", "1000, 7", "250, 1000", "101, 3"})
    void goesOnWhereItEndedAmongSharedHashes(int grants, int users) {
        ports = sharing.ports();

        goesOnWhereItEnded(grants, users);
    }

    @Test
    void missesNobodyWhoGetsATokenMeanwhile() {
        registerUsers();
        List<Long> found = new ArrayList<>();
        Optional<String> next = Optional.of("");
        Set<Long> before = new HashSet<>(all(CORP, LONG, MANY, MANY));
        for (int i = 0; next.isPresent() && i < MANY; i++) {
            ListedGrants page = page(CORP, next.get(), LONG, 3, MANY);
            found.addAll(ids(page));
            next = page.next();
            if (i < USERS) {
                get(ports.register(Grants.access(holder("corp", "joe-" + (i * 7) % USERS), Duration.ofHours(2 + i))));
            }
        }

        assertThat(next).isEmpty();
        assertThat(found).containsAll(before);
    }

    /** The others come first then, but it is in the same page. */
    @Test
    void goesOnWithinAHolderThatGetsATokenMeanwhile() {
        int many = 450;
        UserInRealm large = holder("large", "joe-0");
        registerAll(many, i -> large);
        IntStream.range(0, USERS)
                .forEach(i -> get(ports.register(Grants.access(holder("realm-" + i, "joe-0"), Duration.ofHours(2)))));
        ListedGrants begun = page(USER, "", LONG, 250, MANY);
        get(ports.register(Grants.access(large, Duration.ofHours(3))));

        ListedGrants rest = page(USER, begun.next().orElseThrow(), LONG, MANY, MANY);

        assertThat(begun.grants()).hasSizeBetween(1, many - 1).allMatch(isOf(large));
        assertThat(rest.grants()).first().matches(isOf(large).negate());
        assertThat(rest.grants()).last().matches(isOf(large));
        assertThat(rest.next()).isEmpty();
        assertThat(rest.grants()).as("none of the first bundle").hasSizeLessThan(USERS + many);
        assertThat(Stream.of(begun, rest).flatMap(page -> ids(page).stream()).distinct())
                .as("its bundle with the new token may come again")
                .hasSizeBetween(USERS + many, USERS + many + 1);
    }

    private static Predicate<OfHolder> isOf(UserInRealm holder) {
        return one -> one.holder().equals(holder);
    }

    @Test
    void listsAUserInEveryRealmPageByPage() {
        registerAll(USERS, i -> holder("realm-" + i, "joe-0"));
        registerAll(USERS, i -> holder("realm-" + i, "ann"));

        assertThat(all(USER, LONG, 4, MANY))
                .as("while the index of realms is built")
                .hasSize(USERS)
                .doesNotHaveDuplicates();
        awaitIndex();
        assertThat(all(USER, LONG, 4, MANY)).hasSize(USERS).doesNotHaveDuplicates();
        assertThat(page(USER, "", LONG, MANY, MANY).grants())
                .allMatch(one -> one.holder().user().equals(JOE.user()))
                .extracting(one -> one.holder().realm())
                .doesNotHaveDuplicates()
                .hasSize(USERS);
    }

    /** Each of them costs a call. */
    @Test
    void readsFewGrantsThatItDoesNotShow() {
        int each = 5;
        registerAll(USERS * each, i -> holder("corp", "joe-" + i / each));

        assertThat(list(each, MANY)).isEqualTo(each + ", more");
        assertThat(read).hasValue(2 * each);
        assertThat(list(MANY, MANY)).isEqualTo(USERS * each + ", all");
    }

    @Test
    void isRefusedWithoutAPlace() {
        registerUsers();
        assertThat(places.enter()).isTrue();

        Problem problem = problem(listing(CORP, "", LONG, MANY, MANY));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(problem.text()).startsWith("listings of tokens: 1 ");
        Target empty = new Target.OfRealm(holder("lab", "joe").realm());
        assertThat(page(empty, "", LONG, MANY, MANY).grants()).isEmpty();
    }

    @Test
    void leavesItsPlaceHoweverItEnds() {
        registerUsers();

        assertThat(list(MANY, MANY)).endsWith(" all");
        assertThat(list(1, MANY)).endsWith(" more");
        assertThat(list(MANY, 1)).endsWith(" more");
        assertThat(list(MANY, MANY)).endsWith(" all");
    }

    @Test
    void listsNothingButRealmsAndUsers() {
        Problem problem = problem(listing(new Target.OfAll(), "", LONG, MANY, MANY));

        assertThat(problem.text()).isEqualTo("target: all (expected: a realm, or a user)");
    }

    private void registerUsers() {
        registerAll(USERS, i -> holder("corp", "joe-" + i));
    }

    private void registerAll(int count, IntFunction<UserInRealm> holder) {
        for (int from = 0; from < count; from += TOGETHER) {
            IntStream.range(from, Math.min(from + TOGETHER, count))
                    .mapToObj(i -> ports.register(Grants.access(holder.apply(i))))
                    .toList()
                    .forEach(registered -> assertThat(get(registered)).isNotNull());
        }
    }

    /** The first query starts to build the index. */
    private void awaitIndex() {
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            until("built", () -> {
                get(ports.size(USER));
                return !redis.keys(prefix + ":{log}:indexed").isEmpty();
            });
        }
    }

    private String list(int grants, int users) {
        ListedGrants found = page(CORP, "", LONG, grants, users);
        return found.grants().size() + (found.next().isPresent() ? ", more" : ", all");
    }

    /** The ids of all grants, page by page. */
    private List<Long> all(Target target, Duration longest, int grants, int users) {
        List<Long> found = new ArrayList<>();
        Optional<String> next = Optional.of("");
        for (int i = 0; next.isPresent() && i < MANY; i++) {
            ListedGrants page = page(target, next.get(), longest, grants, users);
            assertThat(page.grants()).hasSizeLessThanOrEqualTo(Math.max(grants, 200));
            found.addAll(ids(page));
            next = page.next();
        }
        assertThat(next).isEmpty();
        return found;
    }

    private static List<Long> ids(ListedGrants page) {
        return page.grants().stream().map(one -> one.grant().id()).toList();
    }

    private ListedGrants page(Target target, String after, Duration longest, int grants, int users) {
        return get(listing(target, after, longest, grants, users));
    }

    private Future<ListedGrants> listing(Target target, String after, Duration longest, int grants, int users) {
        TokenStore store = counted(ports.store());
        ListingWalk.Settings settings = new ListingWalk.Settings(grants, users, places);
        return OnLoop.on(
                ports.context(),
                () -> new TargetListing(store, new LiveGrants(store, noMarks), ports.context(), ticking(), settings)
                        .list(new ListedGrants.Find(target, after, RealmScope.ALL, longest)));
    }

    private static InstantSource ticking() {
        Instant now = Instant.now();
        AtomicInteger asked = new AtomicInteger();
        return () -> now.plusMillis(asked.getAndIncrement());
    }

    /** Counts the grants that are read. */
    private TokenStore counted(TokenStore store) {
        return AroundStore.of(store, (method, real) -> {
            Object answer = real.get();
            if (method.equals("grants")) {
                ((Future<?>) answer)
                        .onSuccess(page ->
                                read.addAndGet(((ListedGrants) page).grants().size()));
            }
            return answer;
        });
    }
}
