package io.revoker.client.view;

/** What a view says of a token. It says nothing of its signature, its expiry or its audience. */
public enum RevocationState {
    /** It was revoked, or is locked. This does not get too old. */
    REVOKED,
    /** It was not revoked, as of a moment that is no longer ago than the bound of the view. */
    NOT_REVOKED,
    /**
     * The view can't tell: what it knows is too old, or does not reach back to when the token was issued, or the token
     * was issued about when what it belongs to was revoked, or its realm is none that the client may see, or the key
     * does not say enough.
     */
    UNKNOWN
}
