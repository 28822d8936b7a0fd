package io.revoker.http.ssf.push;

import io.revoker.bus.RevokerBus;
import io.revoker.http.ssf.SecurityEvents;

/**
 * What all streams have in common that an instance pushes.
 *
 * @param owner names the instance
 */
record Pushing(
        RevokerBus bus,
        PushClient client,
        SecurityEvents events,
        PushSettings settings,
        PushMeters meters,
        String owner) {}
