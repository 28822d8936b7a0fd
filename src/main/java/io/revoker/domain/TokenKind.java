package io.revoker.domain;

/** The two kinds of OAuth 2.0 tokens (RFC 6749, sections 1.4 and 1.5). */
public enum TokenKind {
    ACCESS,
    REFRESH
}
