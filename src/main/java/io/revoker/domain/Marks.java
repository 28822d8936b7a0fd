package io.revoker.domain;

/** What this node knows of the marks. May lag behind the log, never runs ahead of it. */
@FunctionalInterface
public interface Marks {

    /** The newest mark over a holder: of its realm, of the user, or of the user in the realm. {@link Stamp#NONE} if there is none. */
    Stamp newestFor(UserInRealm holder);
}
