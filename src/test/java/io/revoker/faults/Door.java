package io.revoker.faults;

import io.revoker.faults.Event.Checked.Said;
import java.util.List;

/** A way to ask an instance. Used by one caller at a time. */
interface Door extends AutoCloseable {

    /** What an invalidation was answered; the counts are 0 if it was no success. */
    record Ended(int status, long invalidated, long errors) {
        static final Ended UNKNOWN = new Ended(Event.NONE, 0, 0);
    }

    /** What was said of a token. */
    record Told(int status, Said said) {
        static final Told UNKNOWN = new Told(Event.NONE, Said.NOTHING);
    }

    /**
     * Asks for a grant.
     *
     * @param tokens one, or an access and a refresh token
     * @return the status
     */
    int register(List<Issued> tokens);

    Ended revoke(Target target);

    /** As a gateway asks: of an access token. */
    Told check(String token);

    Told introspect(String token);

    /** Asks for all of them at once. */
    List<Told> checkAll(List<String> tokens);

    @Override
    void close();
}
