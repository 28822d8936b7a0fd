package io.revoker.bus;

import io.revoker.domain.Stamp;

/** A sweep was stopped: whoever runs it need not go on. */
public record SweepStopped(Stamp sweep) {}
