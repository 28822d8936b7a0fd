package io.revoker.client.view;

/**
 * How it stands with a view.
 *
 * @param isFresh whether it may say that a token was not revoked
 * @param stamp everything that was revoked up to it is known; 0 before anything is
 * @param since what was revoked before this microsecond may be missing
 * @param tokens single tokens that are known as revoked, some of which may have expired
 * @param marks realms, users and others, of which older tokens are revoked
 * @param locks of which some may have ended
 */
public record ViewStatus(boolean isFresh, long stamp, long since, int tokens, int marks, int locks) {}
