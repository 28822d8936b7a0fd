package io.revoker.redis.index;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.Holding.Listed;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads what a realm or a user has one index set after the other, each in its order, so that a few words say
 * where a listing goes on. A sweep reads many sets at once instead, see {@link TargetScan}.
 */
public final class HolderScan {
    private static final int PAGE = 256;

    /** Sets that are begun at once, each with a part of a page: most realms have few users in each of theirs. */
    private static final int TOGETHER = 16;

    /** The sets of a user: all realms, then the rest of the index; or the index alone, if it is whole. */
    private static final int REALMS = 0;

    private static final int WHOLE = 2;

    private final IndexScan index;
    private final Keys keys;
    private final RealmsOfUsers realms;

    public HolderScan(IndexScan index, Keys keys, RealmsOfUsers realms) {
        this.index = index;
        this.keys = keys;
        this.realms = realms;
    }

    /** See {@link io.revoker.domain.store.TokenStore#holdings}. */
    public Future<Holding.Listing> page(Target target, String after) {
        if (target instanceof Target.OfRealm of) {
            List<IndexSet> sets = ofRealm(of.realm());
            return Position.parse(after, sets.size()).compose(from -> page(sets, from));
        }
        if (target instanceof Target.OfUser of) {
            Future<Position> from = after.isEmpty()
                    ? realms.isWhole().map(whole -> Position.beginning(whole ? WHOLE : REALMS))
                    : Position.parse(after, WHOLE + 1);
            return from.compose(position -> page(ofUser(of.user(), position), position));
        }
        return Future.failedFuture(new IllegalArgumentException("neither a realm nor a user"));
    }

    /**
     * An index set.
     *
     * @param holdings that its members stand for, one for each member; empty for those that are left out
     */
    private record IndexSet(String key, Function<List<String>, Future<List<Optional<Holding>>>> holdings) {
        static IndexSet of(String key, Function<String, Optional<Holding>> holding) {
            return new IndexSet(
                    key,
                    members ->
                            Future.succeededFuture(members.stream().map(holding).toList()));
        }
    }

    /**
     * A part of an index set.
     *
     * @param holdings that its members stand for
     */
    private record Part(Members members, List<Optional<Holding>> holdings) {}

    private List<IndexSet> ofRealm(RealmId realm) {
        Stream<IndexSet> users = keys.tags(realm).stream()
                .map(tag -> IndexSet.of(
                        keys.users(tag),
                        member -> Optional.of(Bundle.own(new UserInRealm(realm, UserName.stored(member))))));
        Stream<IndexSet> shared = IntStream.range(0, keys.realmShards())
                .mapToObj(shard -> IndexSet.of(
                        keys.shared(keys.tag(realm, shard)),
                        member -> SharedHash.named(realm, shard, member).map(SharedHash::holding)));
        return Stream.concat(users, shared).toList();
    }

    /**
     * If the index of the user's realms is not known to be whole when a listing begins, all realms are asked, and then
     * those that only the index has: a fail-over took them from the list of realms. One of these is missed if it is put
     * back into that list, by another token, after the listing has read the list.
     */
    private List<IndexSet> ofUser(UserName user, Position from) {
        IndexSet all = IndexSet.of(
                keys.realms, member -> Optional.of(Holding.of(new UserInRealm(RealmId.stored(member), user))));
        IndexSet whole = IndexSet.of(
                keys.realms(user), member -> realms.holder(user, member).map(Holding::of));
        IndexSet rest = new IndexSet(
                whole.key(), members -> whole.holdings().apply(members).compose(this::withoutThoseOfAllRealms));
        return from.set() == WHOLE ? List.of(all, rest, whole) : List.of(all, rest);
    }

    private Future<List<Optional<Holding>>> withoutThoseOfAllRealms(List<Optional<Holding>> holdings) {
        List<String> names = holdings.stream()
                .flatMap(Optional::stream)
                .map(holding -> holding.realm().key())
                .toList();
        return index.membersAmong(keys.realms, names)
                .map(listed -> holdings.stream()
                        .map(one -> one.filter(
                                holding -> !listed.contains(holding.realm().key())))
                        .toList());
    }

    private Future<Holding.Listing> page(List<IndexSet> sets, Position from) {
        int together = from.expiry().isEmpty() ? Math.min(TOGETHER, sets.size() - from.set()) : 1;
        List<Future<Part>> parts = IntStream.range(from.set(), from.set() + together)
                .mapToObj(set -> part(sets.get(set), set == from.set() ? from.cursor() : Cursor.START, PAGE / together))
                .toList();
        return Future.all(parts).map(all -> page(sets.size(), from.set(), all.list()));
    }

    private Future<Part> part(IndexSet set, Cursor cursor, int size) {
        return index.page(set.key(), cursor, size)
                .compose(members -> set.holdings().apply(members.names()).map(holdings -> new Part(members, holdings)));
    }

    /** Those of the first sets, up to the first of which there is more. */
    private static Holding.Listing page(int sets, int first, List<Part> parts) {
        List<Listed> listed = new ArrayList<>();
        int set = first;
        for (Part part : parts) {
            List<String> positions = Position.behind(set, part.members());
            for (int i = 0; i < positions.size(); i++) {
                String position = positions.get(i);
                part.holdings().get(i).ifPresent(holding -> listed.add(new Listed(holding, position)));
            }
            if (part.members().next().isPresent()) {
                return new Holding.Listing(listed, Optional.of(positions.get(positions.size() - 1)));
            }
            set++;
        }
        return new Holding.Listing(
                listed, set < sets ? Optional.of(Position.beginning(set).text()) : Optional.empty());
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

        /** Fails with a {@link Problem} of kind invalid if it is not the text of one. */
        static Future<Position> parse(String text, int sets) {
            Matcher parts = TEXT.matcher(text.isEmpty() ? beginning(0).text() : text);
            return parts.matches() && Integer.parseInt(parts.group(1)) < sets
                    ? Future.succeededFuture(
                            new Position(Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3)))
                    : Future.failedFuture(Problem.invalid("after: not the next of a page"));
        }

        Cursor cursor() {
            return IndexScan.behind(member, expiry);
        }

        String text() {
            return set + "." + expiry + '.' + member;
        }
    }
}
