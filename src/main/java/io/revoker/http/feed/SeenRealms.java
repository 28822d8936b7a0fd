package io.revoker.http.feed;

import io.revoker.domain.RealmScope;
import io.revoker.domain.store.MarkId;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Tells a follower which realms it gets to see: a follower knows nothing of others. */
final class SeenRealms {
    static final String HEADER = "Revoker-Realms";
    private static final String ALL = "*";

    private SeenRealms() {}

    /** Their hashes, or that there is no limit. */
    static String of(RealmScope scope) {
        return scope.only()
                .map(some -> some.stream()
                        .map(realm -> HexFormat.of().toHexDigits(MarkId.ofRealm(realm)))
                        .sorted()
                        .collect(Collectors.joining(",")))
                .orElse(ALL);
    }
}
