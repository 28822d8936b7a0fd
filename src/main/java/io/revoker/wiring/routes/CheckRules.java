package io.revoker.wiring.routes;

import io.revoker.config.CheckConfig;
import io.revoker.domain.RealmId;
import io.revoker.http.check.GatewayCheck;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the current settings say of checks. Used by all event loops. */
final class CheckRules implements GatewayCheck.Rules {
    private final Supplier<CheckConfig> current;
    private volatile Known known;

    /** @param current the settings in force, asked each time */
    CheckRules(Supplier<CheckConfig> current) {
        this.current = current;
        this.known = Known.of(current.get());
    }

    @Override
    public boolean withoutCredentials() {
        return current.get().withoutCredentials();
    }

    @Override
    public Duration maxAge(RealmId realm) {
        CheckConfig now = current.get();
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
