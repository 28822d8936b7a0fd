package io.revoker.redis;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.HolderPage;
import io.revoker.domain.store.HolderPage.Place;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
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

        assertThat(holders(places(realm(users.get(0)), ""))).containsExactlyInAnyOrderElementsOf(users);
        assertThat(places(realm(holder("lab", "joe")), "")).isEmpty();
    }

    /** More in each shard than a first page takes from it. */
    @Test
    void listsALargeRealmOnce() {
        List<UserInRealm> users = users(IntStream.range(0, 600).mapToObj(i -> "user" + i));
        registerAll(users);

        assertThat(holders(places(realm(users.get(0)), ""))).containsExactlyInAnyOrderElementsOf(users);
    }

    @Test
    void goesOnBehindEachOfThem() {
        List<UserInRealm> users =
                users(Stream.concat(NAMES.stream(), IntStream.range(0, 60).mapToObj(i -> "user" + i)));
        registerAll(users);
        Target realm = realm(users.get(0));
        List<Place> all = places(realm, "");

        for (int i = 0; i < all.size(); i++) {
            assertThat(places(realm, all.get(i).position())).isEqualTo(all.subList(i + 1, all.size()));
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
        List<Place> all = places(joe, "");

        assertThat(holders(all)).containsExactlyInAnyOrderElementsOf(realms);
        for (int i = 0; i < all.size(); i++) {
            assertThat(places(joe, all.get(i).position())).isEqualTo(all.subList(i + 1, all.size()));
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

    private static List<UserInRealm> holders(List<Place> places) {
        return places.stream().map(Place::holder).toList();
    }

    private List<Place> places(Target target, String after) {
        List<Place> found = new ArrayList<>();
        Optional<String> next = Optional.of(after);
        while (next.isPresent()) {
            HolderPage page = get(store.holders(target, next.get()));
            found.addAll(page.places());
            next = page.next();
        }
        return found;
    }
}
