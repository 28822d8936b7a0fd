package io.revoker.client;

import java.net.http.HttpClient;

/**
 * Lets go of the connections of an HTTP client without waiting. From Java 21 on it can be told to; before, the JDK does it once the client is
 * unreachable.
 */
final class Shutdown {
    private Shutdown() {}

    static void of(HttpClient http) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(http);
        } catch (ReflectiveOperationException e) {
            // Older than Java 21: nothing to call.
        }
    }
}
