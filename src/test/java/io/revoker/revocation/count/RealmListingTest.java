package io.revoker.revocation.count;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.RealmGrants;
import io.revoker.domain.store.TokenStore;
import io.revoker.testing.AroundStore;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listing of a realm, up to each of its bounds, on an instance with one place. */
class RealmListingTest {
    private static final int USERS = 30;
    private static final int MANY = 1000;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RealmGrants.Find REALM =
            new RealmGrants.Find(holder("corp", "joe").realm(), RealmScope.ALL, LONG);

    private final Backend.Opened opened =
            Backend.open(Tuning.DEFAULT, RedisServers.embedded().url(), Backend.newPrefix());
    private final OnLoop ports = opened.ports();
    private final MemoryStore noMarks = new MemoryStore(InstantSource.system());
    private final HolderPlaces places = new HolderPlaces("listings of realms", 1, 0);
    private final AtomicInteger read = new AtomicInteger();

    @BeforeEach
    void register() {
        for (int i = 0; i < USERS; i++) {
            get(ports.register(Grants.access(holder("corp", "joe-" + i))));
        }
    }

    @AfterEach
    void close() {
        opened.close().run();
    }

    @Test
    void hasAllIfTheyAreAsManyAsItMayHave() {
        assertThat(list(REALM, USERS, MANY)).isEqualTo(USERS + " ALL");
    }

    @Test
    void hasAsManyAsItMayHaveIfThereAreMore() {
        assertThat(list(REALM, USERS - 1, MANY)).isEqualTo((USERS - 1) + " SOME");
        assertThat(list(REALM, 1, MANY)).isEqualTo("1 SOME");
    }

    @Test
    void looksAtNoMoreUsersThanItMay() {
        assertThat(list(REALM, MANY, 1)).isEqualTo("1 SOME");
        assertThat(list(REALM, MANY, USERS - 1)).isEqualTo((USERS - 1) + " SOME");
        assertThat(list(REALM, MANY, USERS + 1)).isEqualTo(USERS + " ALL");
    }

    /** The clock goes on by a millisecond each time that it is asked, which is before each step. */
    @Test
    void endsWhenItsTimeIsOver() {
        assertThat(list(REALM.within(Duration.ZERO), MANY, MANY)).isEqualTo("0 SOME");
        assertThat(list(REALM.within(Duration.ofMillis(2)), MANY, MANY))
                .endsWith(" SOME")
                .isNotEqualTo("0 SOME");
    }

    /** Each of them costs a call. */
    @Test
    void readsFewGrantsThatItDoesNotShow() {
        int each = 5;
        RealmGrants.Find large = new RealmGrants.Find(holder("large", "joe").realm(), RealmScope.ALL, LONG);
        for (int i = 0; i < USERS * each; i++) {
            get(ports.register(Grants.access(holder("large", "joe-" + i / each))));
        }

        assertThat(list(large, each, MANY)).isEqualTo(each + " SOME");
        assertThat(read).hasValue(2 * each);
        assertThat(list(large, MANY, MANY)).isEqualTo(USERS * each + " ALL");
    }

    @Test
    void isRefusedWithoutAPlace() {
        assertThat(places.enter()).isTrue();

        Problem problem = problem(listing(REALM, MANY, MANY));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED);
        assertThat(problem.text()).startsWith("listings of realms: 1 ");
        RealmGrants.Find empty = new RealmGrants.Find(holder("lab", "joe").realm(), RealmScope.ALL, LONG);
        assertThat(list(empty, MANY, MANY)).isEqualTo("0 ALL");
    }

    @Test
    void leavesItsPlaceHoweverItEnds() {
        assertThat(list(REALM, MANY, MANY)).endsWith(" ALL");
        assertThat(list(REALM, 1, MANY)).endsWith(" SOME");
        assertThat(list(REALM, MANY, 1)).endsWith(" SOME");
        assertThat(list(REALM, MANY, MANY)).endsWith(" ALL");
    }

    private String list(RealmGrants.Find request, int grants, int users) {
        RealmGrants found = get(listing(request, grants, users));
        return found.grants().size() + " " + found.extent();
    }

    private Future<RealmGrants> listing(RealmGrants.Find request, int grants, int users) {
        TokenStore store = counted(ports.store());
        RealmListing.Settings settings = new RealmListing.Settings(grants, users, places);
        return OnLoop.on(
                ports.context(),
                () -> new RealmListing(store, new LiveGrants(store, noMarks), ports.context(), ticking(), settings)
                        .list(request));
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
                                read.addAndGet(((HeldGrants) page).grants().size()));
            }
            return answer;
        });
    }
}
