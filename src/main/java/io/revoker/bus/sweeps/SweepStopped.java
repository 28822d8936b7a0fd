package io.revoker.bus.sweeps;

import io.revoker.domain.Stamp;

/** A sweep was stopped: the event loop that runs it need not continue. */
public record SweepStopped(Stamp sweep) {}
