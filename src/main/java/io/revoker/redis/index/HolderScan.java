package io.revoker.redis.index;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.HolderPage;
import io.revoker.domain.store.HolderPage.Place;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.keys.Keys;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the holders of a realm or a user one index set after the other, each in its order, so that a few words say
 * where a listing goes on. A sweep reads many sets at once instead, see {@link TargetScan}.
 */
public final class HolderScan {
    private static final int PAGE = 256;

    /** Sets that are begun at once, each with a part of a page: most realms have few users in each of theirs. */
    private static final int TOGETHER = 16;

    private final IndexScan index;
    private final Keys keys;
    private final RealmsOfUsers realms;

    public HolderScan(IndexScan index, Keys keys, RealmsOfUsers realms) {
        this.index = index;
        this.keys = keys;
        this.realms = realms;
    }

    /** See {@link io.revoker.domain.store.TokenStore#holders}. */
    public Future<HolderPage> page(Target target, String after) {
        if (target instanceof Target.OfRealm of) {
            return page(ofRealm(of.realm()), after);
        }
        if (target instanceof Target.OfUser of) {
            List<IndexSet> sets = ofUser(of.user());
            return after.isEmpty()
                    ? realms.isWhole().compose(whole -> page(sets, Position.beginning(whole ? 1 : 0)))
                    : page(sets, after);
        }
        return Future.failedFuture(new IllegalArgumentException("neither a realm nor a user"));
    }

    private Future<HolderPage> page(List<IndexSet> sets, String after) {
        return Position.parse(after, sets.size())
                .map(from -> page(sets, from))
                .orElseGet(() -> Future.failedFuture(Problem.invalid("after: not the next of a page")));
    }

    /**
     * An index set.
     *
     * @param holder that a member stands for
     */
    private record IndexSet(String key, Function<String, Optional<UserInRealm>> holder) {}

    private List<IndexSet> ofRealm(RealmId realm) {
        return keys.tags(realm).stream()
                .map(tag -> new IndexSet(
                        keys.users(tag), member -> Optional.of(new UserInRealm(realm, UserName.stored(member)))))
                .toList();
    }

    /** All realms, which are asked if the index of the user's realms is not known to be whole; then that index. */
    private List<IndexSet> ofUser(UserName user) {
        return List.of(
                new IndexSet(keys.realms, member -> Optional.of(new UserInRealm(RealmId.stored(member), user))),
                new IndexSet(keys.realms(user), member -> realms.holder(user, member)));
    }

    private Future<HolderPage> page(List<IndexSet> sets, Position from) {
        int together = from.expiry().isEmpty() ? Math.min(TOGETHER, sets.size() - from.set()) : 1;
        List<Future<Members>> pages = IntStream.range(from.set(), from.set() + together)
                .mapToObj(set -> index.page(
                        sets.get(set).key(), set == from.set() ? from.cursor() : Cursor.START, PAGE / together))
                .toList();
        return Future.all(pages).map(all -> page(sets, from.set(), all.list()));
    }

    /** Those of the first sets, up to the first of which there is more. */
    private static HolderPage page(List<IndexSet> sets, int first, List<Members> pages) {
        List<Place> places = new ArrayList<>();
        int set = first;
        for (Members members : pages) {
            List<String> positions = Position.behind(set, members);
            for (int i = 0; i < positions.size(); i++) {
                String position = positions.get(i);
                sets.get(set)
                        .holder()
                        .apply(members.names().get(i))
                        .ifPresent(holder -> places.add(new Place(holder, position)));
            }
            if (members.next().isPresent()) {
                return new HolderPage(places, Optional.of(positions.get(positions.size() - 1)));
            }
            set++;
        }
        return new HolderPage(
                places, set < sets.size() ? Optional.of(Position.beginning(set).text()) : Optional.empty());
    }

    /** Behind a member of one of the sets, or at its beginning if the expiry is empty. */
    private record Position(int set, String expiry, String member) {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})\\.([0-9]{0,18})\\.(.*)", Pattern.DOTALL);

        static Position beginning(int set) {
            return new Position(set, "", "");
        }

        static List<String> behind(int set, Members members) {
            return IntStream.range(0, members.names().size())
                    .mapToObj(i -> new Position(
                                    set,
                                    members.expiries().get(i).toString(),
                                    members.names().get(i))
                            .text())
                    .toList();
        }

        /** Empty if it is not the text of one. */
        static Optional<Position> parse(String text, int sets) {
            Matcher parts = TEXT.matcher(text.isEmpty() ? beginning(0).text() : text);
            return parts.matches() && Integer.parseInt(parts.group(1)) < sets
                    ? Optional.of(new Position(Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3)))
                    : Optional.empty();
        }

        Cursor cursor() {
            return IndexScan.behind(member, expiry);
        }

        String text() {
            return set + "." + expiry + '.' + member;
        }
    }
}
