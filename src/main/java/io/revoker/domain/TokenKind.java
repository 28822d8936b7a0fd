package io.revoker.domain;

import java.util.Locale;

/** The two kinds of OAuth 2.0 tokens (RFC 6749, sections 1.4 and 1.5). */
public enum TokenKind {
    ACCESS,
    REFRESH;

    /** The other one of a pair. */
    public TokenKind other() {
        return this == ACCESS ? REFRESH : ACCESS;
    }

    /** The name of a token of this kind in a registration. */
    public String field() {
        return name().toLowerCase(Locale.ROOT) + "_token";
    }
}
