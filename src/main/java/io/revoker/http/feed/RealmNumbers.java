package io.revoker.http.feed;

import io.revoker.domain.RealmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers realms from 0 on, so that a row of a {@link RevokedTable} needs no name. Used by one event loop only. */
final class RealmNumbers {
    /** Of what concerns no realm, or several. */
    static final int NO_REALM = -1;

    private final Map<RealmId, Integer> numbers = new HashMap<>();
    private final List<RealmId> names = new ArrayList<>();

    int of(Optional<RealmId> realm) {
        return realm.map(name -> numbers.computeIfAbsent(name, unknown -> {
                    names.add(name);
                    return names.size() - 1;
                }))
                .orElse(NO_REALM);
    }

    /** How many there are. */
    int size() {
        return names.size();
    }

    /** The names, by their numbers. */
    List<RealmId> names() {
        return List.copyOf(names);
    }

    /** Begins anew. */
    void clear() {
        numbers.clear();
        names.clear();
    }
}
