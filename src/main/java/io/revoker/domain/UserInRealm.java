package io.revoker.domain;

/** A user as one realm knows it: the holder of tokens. */
public record UserInRealm(RealmId realm, UserName user) {}
