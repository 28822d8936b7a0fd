package io.revoker.http.openapi;

/** The two ports of the service. */
enum Listener {
    CLIENTS,
    MANAGEMENT
}
