package io.revoker.client.view;

/** What {@link RevocationView#isRevoked} does about a token that the view can't tell about. */
public enum WhenUnknown {
    /** Asks the service. A token that it does not know as active counts as revoked. */
    ASK,
    /** Takes it for revoked. */
    REFUSE
}
