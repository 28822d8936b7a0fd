package io.revoker.client;

import java.net.http.HttpClient;

/**
 * Closes the connections of an HTTP client without waiting. Java 21 added a method for it; older versions close them
 * when the client is garbage collected.
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
