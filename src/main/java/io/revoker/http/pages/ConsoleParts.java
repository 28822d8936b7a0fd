package io.revoker.http.pages;

import io.revoker.bus.RevokerBus;
import io.revoker.caller.Callers;
import io.revoker.config.HttpConfig.ConsoleConfig.Served;
import io.revoker.http.Gate;
import io.revoker.http.request.BodyReader;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the console is created with, on each event loop.
 *
 * @param callers who may have a session
 * @param time of the store
 * @param lifetime of a session
 * @param served to whom the console is shown
 * @param sessionChecks of all event loops
 */
public record ConsoleParts(
        Vertx vertx,
        RevokerBus bus,
        Callers callers,
        Gate gate,
        BodyReader bodies,
        InstantSource time,
        Duration lifetime,
        Served served,
        LongAdder sessionChecks) {}
