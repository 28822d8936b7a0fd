package io.revoker.redis.tokens;

import io.revoker.domain.UserInRealm;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.tokens.GrantState.GrantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which bundle the next grant of a holder goes to; used by one event loop only.
 *
 * <p>Only holders whose first bundle was seen full are known here. Every event loop of every node fills a bundle of its own, chosen at random, so that
 * they need not agree; two that choose the same one make it larger than it should be, and nothing worse. So it is with the first bundles of the holders
 * that are forgotten here, because more of them than are known have many grants.
 */
final class Bundles {
    private static final int KNOWN_HOLDERS = 100_000;

    private record Filling(Bundle bundle, int grants) {}

    private final RandomGenerator random;
    private final Map<UserInRealm, Filling> filling = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserInRealm, Filling> eldest) {
            return size() > KNOWN_HOLDERS;
        }
    };

    Bundles(RandomGenerator random) {
        this.random = random;
    }

    Bundle next(UserInRealm holder) {
        Filling now = filling.computeIfPresent(
                holder,
                (same, last) -> last.grants() < Bundle.SIZE
                        ? new Filling(last.bundle(), last.grants() + 1)
                        : new Filling(another(holder), 1));
        return now == null ? Bundle.first(holder) : now.bundle();
    }

    /** Learns how many entries a bundle had when a grant was added to it. */
    void written(Bundle bundle, int entries) {
        if (entries < Bundle.SIZE) {
            return;
        }
        UserInRealm holder = bundle.holder();
        filling.compute(
                holder,
                (same, known) ->
                        known == null || known.bundle().equals(bundle) ? new Filling(another(holder), 0) : known);
    }

    void forget() {
        filling.clear();
    }

    /**
     * Where a grant goes whose place in a bundle is taken by an older one of the same name: of two places that follow from its name, so that whoever
     * registers it finds the same, the one that comes next.
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
