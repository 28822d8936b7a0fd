package io.revoker.http.server;

import java.io.IOException;

/** Why a listener could not be opened, with the names of the settings. */
final class ListenFailure {
    private ListenFailure() {}

    static IOException of(String section, String host, int port, Throwable failure) {
        String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        if (reason.contains("Address already in use")) {
            return new IOException(
                    section + ".port: " + port + " on " + host + " is taken (expected: a free port)", failure);
        }
        return new IOException(section + ": can't listen on " + host + " port " + port + ": " + reason, failure);
    }
}
