package io.revoker.cli.acts;

import java.util.List;
import java.util.Locale;

/** Which tokens a grant has. */
enum GrantKind {
    ACCESS("access_token"),
    REFRESH("refresh_token"),
    PAIR("access_token", "refresh_token");

    private final List<String> fields;

    GrantKind(String... fields) {
        this.fields = List.of(fields);
    }

    /** The names of its tokens, as the service has them. */
    List<String> fields() {
        return fields;
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
