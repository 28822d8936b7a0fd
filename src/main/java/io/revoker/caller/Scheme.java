package io.revoker.caller;

import java.util.Arrays;

/** The schemes of an Authorization header that are told apart. */
public enum Scheme {
    /** RFC 7617. */
    BASIC("Basic"),
    /** Elasticsearch's: the base64 of id, colon and key, as in Basic. */
    API_KEY("ApiKey"),
    /** RFC 6750; not supported. */
    BEARER("Bearer"),
    /** Any other; its name is not kept, because it may be a secret sent without a scheme. */
    OTHER("other");

    private final String wireName;

    Scheme(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the header. */
    public String wireName() {
        return wireName;
    }

    static Scheme named(String name) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.wireName.equalsIgnoreCase(name))
                .findFirst()
                .orElse(OTHER);
    }

    boolean isSupported() {
        return this == BASIC || this == API_KEY;
    }
}
