package io.revoker.faults;

import java.time.Duration;

/**
 * A token that a client asked the service to know.
 *
 * @param text the token itself
 * @param life how long it is good at most
 */
record Issued(String text, Kind kind, String realm, String user, Duration life) {
    enum Kind {
        ACCESS,
        REFRESH
    }
}
