package io.revoker.redis.tokens;

import io.revoker.domain.UserInRealm;
import io.revoker.redis.index.SharedLevels;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.LayoutVersion;
import io.revoker.redis.tokens.GrantState.GrantId;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Chooses the bundle for the next grant of a holder; used by one event loop only.
 *
 * <p>That is a shared hash, until it was seen full; from then on the holder has hashes of its own, the first one and,
 * when that is full, others. It knows only holders of which a hash was seen full. Every event loop of every node fills
 * a bundle of its own, chosen at random, so that they need not agree. Two that choose the same one only make it larger
 * than it should be. The same happens to the first ones of a holder that is forgotten here, which is so when more
 * holders have many grants than are kept.
 */
final class BundleChooser {
    private static final int KNOWN_HOLDERS = 100_000;

    private record Filling(Bundle bundle, int grants) {}

    private final RandomGenerator random;
    private final Keys keys;
    private final LayoutVersion layout;
    private final SharedLevels levels;
    private final Map<UserInRealm, Filling> filling = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserInRealm, Filling> eldest) {
            return size() > KNOWN_HOLDERS;
        }
    };

    BundleChooser(RandomGenerator random, Keys keys, LayoutVersion layout, SharedLevels levels) {
        this.random = random;
        this.keys = keys;
        this.layout = layout;
        this.levels = levels;
    }

    Future<Bundle> next(UserInRealm holder) {
        Filling now = filling.computeIfPresent(
                holder,
                (same, last) -> last.grants() < Bundle.SIZE
                        ? new Filling(last.bundle(), last.grants() + 1)
                        : new Filling(another(holder), 1));
        if (now != null) {
            return Future.succeededFuture(now.bundle());
        }
        return layout.hasSharedHashes() && Bundle.canShare(holder)
                ? levels.next(holder).map(level -> Bundle.shared(holder, level))
                : Future.succeededFuture(Bundle.first(holder));
    }

    /** Learns the number of entries in a bundle after a grant was added to it. */
    void written(Bundle bundle, int entries) {
        UserInRealm holder = bundle.holder();
        if (bundle.isShared()) {
            levels.written(keys.tag(holder), bundle.level(), entries);
        }
        if (entries >= Bundle.SIZE) {
            filling.compute(
                    holder,
                    (same, known) -> known == null || known.bundle().equals(bundle)
                            ? new Filling(bundle.isShared() ? Bundle.first(holder) : another(holder), 0)
                            : known);
        }
    }

    void forget() {
        filling.clear();
        levels.forget();
    }

    /**
     * The bundle for a grant whose place is taken by an older grant with the same id. There are two alternative
     * places, both derived from the id, so that every instance that registers the grant finds the same; this returns
     * the next one.
     */
    static Optional<Bundle> beside(Bundle taken, GrantId grant) {
        int first = 1 + Math.floorMod(grant.value(), Bundle.LAST - 1);
        return taken.number() == first + 1
                ? Optional.empty()
                : Optional.of(new Bundle(taken.holder(), taken.number() == first ? first + 1 : first));
    }

    private Bundle another(UserInRealm holder) {
        return new Bundle(holder, random.nextInt(1, Bundle.LAST + 1));
    }
}
