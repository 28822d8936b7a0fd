package io.revoker.http.ssf.push;

import io.revoker.bus.StreamBus;
import io.revoker.http.ssf.SecurityEvents;

/**
 * What all streams have in common that an instance pushes.
 *
 * @param owner names the instance
 */
record Pushing(
        StreamBus bus,
        PushClient client,
        SecurityEvents events,
        PushSettings settings,
        PushMeters meters,
        String owner) {}
