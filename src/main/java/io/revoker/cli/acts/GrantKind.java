package io.revoker.cli.acts;

import java.util.List;
import java.util.Locale;

/** Which tokens a grant has. */
enum GrantKind {
    ACCESS,
    REFRESH,
    PAIR;

    /** The names of its tokens, as the service has them. */
    List<String> fields() {
        return switch (this) {
            case ACCESS -> List.of("access_token");
            case REFRESH -> List.of("refresh_token");
            case PAIR -> List.of("access_token", "refresh_token");
        };
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
