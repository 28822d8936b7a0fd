package io.revoker.redis;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.Holding.Listed;
import io.revoker.domain.store.ListedGrants.OfHolder;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Sweeping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A listing of holders can go on behind any of them. */
class ListingContractTest extends StoreContract {
    private static final List<String> NAMES =
            List.of("joe@example.com", "a.b/c", "1.2.3", "-", "müller ö", "тест", "0", "🙂", "x".repeat(1024));

    ListingContractTest(Backend backend) {
        super(backend);
    }

    @Test
    void listsTheUsersOfARealmOnce() {
        List<UserInRealm> users = users(NAMES.stream());
        registerAll(users);
        registerAll(List.of(holder("shop", "joe")));

        assertThat(holders(listed(realm(users.get(0)), ""))).containsExactlyInAnyOrderElementsOf(users);
        assertThat(listed(realm(holder("lab", "joe")), "")).isEmpty();
    }

    /** More in each shard than a first page takes from it. */
    @Test
    void listsALargeRealmOnce() {
        List<UserInRealm> users = users(IntStream.range(0, 600).mapToObj(i -> "user" + i));
        registerAll(users);

        assertThat(holders(listed(realm(users.get(0)), ""))).containsExactlyInAnyOrderElementsOf(users);
    }

    @Test
    void goesOnBehindEachOfThem() {
        List<UserInRealm> users =
                users(Stream.concat(NAMES.stream(), IntStream.range(0, 60).mapToObj(i -> "user" + i)));
        registerAll(users);
        Target realm = realm(users.get(0));
        List<Listed> all = listed(realm, "");

        for (int i = 0; i < all.size(); i++) {
            assertThat(listed(realm, all.get(i).position())).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void listsTheRealmsOfAUser() {
        List<UserInRealm> realms =
                NAMES.stream().map(realm -> holder(realm, "joe")).toList();
        registerAll(realms);
        registerAll(List.of(holder("corp", "ann"), holder("-", "ann")));
        Target joe = user(realms.get(0));
        assertThat(get(store.size(joe))).as("once the index is built").isEqualTo(realms.size());
        List<Listed> all = listed(joe, "");

        assertThat(holders(all)).containsExactlyInAnyOrderElementsOf(realms);
        for (int i = 0; i < all.size(); i++) {
            assertThat(listed(joe, all.get(i).position())).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    private void registerAll(List<UserInRealm> holders) {
        holders.stream()
                .map(holder -> store.register(Grants.access(holder)))
                .toList()
                .forEach(registered -> assertThat(get(registered)).isNotNull());
    }

    private static List<UserInRealm> users(Stream<String> names) {
        return names.map(name -> holder("corp", name)).toList();
    }

    private List<UserInRealm> holders(List<Listed> listed) {
        return listed.stream()
                .flatMap(one -> Sweeping.grants(store, one.holding()).stream())
                .map(OfHolder::holder)
                .toList();
    }

    private List<Listed> listed(Target target, String after) {
        List<Listed> found = new ArrayList<>();
        Optional<String> next = Optional.of(after);
        while (next.isPresent()) {
            Holding.Listing page = get(store.holdings(target, next.get()));
            found.addAll(page.holdings());
            next = page.next();
        }
        return found;
    }
}
