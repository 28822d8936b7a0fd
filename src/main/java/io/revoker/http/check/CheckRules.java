package io.revoker.http.check;

import io.revoker.config.CheckConfig;
import io.revoker.config.Configuration;
import io.revoker.domain.RealmId;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the current settings say of checks. Used by all event loops. */
public final class CheckRules {
    private final Supplier<Configuration> current;
    private volatile Known known;

    /** @param current the settings in force, asked each time */
    public CheckRules(Supplier<Configuration> current) {
        this.current = current;
        this.known = Known.of(current.get().check());
    }

    /** Whether a gateway that sends no credentials may ask about tokens of all realms. */
    boolean withoutCredentials() {
        return current.get().check().withoutCredentials();
    }

    /** How long a gateway may cache a positive answer about a token of this realm, if the token lives that long. */
    Duration maxAge(RealmId realm) {
        CheckConfig now = current.get().check();
        Known ages = known;
        if (!ages.settings.equals(now)) {
            ages = Known.of(now);
            known = ages;
        }
        return ages.byRealm.getOrDefault(realm, now.maxAge());
    }

    /** Names are compared as everywhere, not letter by letter. */
    private record Known(CheckConfig settings, Map<RealmId, Duration> byRealm) {
        static Known of(CheckConfig settings) {
            return new Known(
                    settings,
                    settings.realmMaxAge().byName().entrySet().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    entry -> RealmId.stored(entry.getKey()),
                                    Map.Entry::getValue,
                                    CheckRules::shorter)));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
