package io.revoker.bus;

/** Where Revoker listens on the event bus, and where it tells of revocations. */
public final class Addresses {
    /** Request: {@link Revoke}; reply: {@link io.revoker.domain.Report}, once the revocation is durable and, unless it says otherwise, its sweep has ended. */
    public static final String REVOKE = "revoker.revoke";

    /** Request: {@link Register}; reply: {@link io.revoker.domain.store.Registration}. */
    public static final String REGISTER = "revoker.register";

    /** Request: {@link Check}; reply: {@link io.revoker.domain.Verdict}. */
    public static final String CHECK = "revoker.check";

    /** Request: {@link CheckAll}; reply: {@link Verdicts}. */
    public static final String CHECK_ALL = "revoker.check-all";

    /** Published: {@link io.revoker.domain.Revocation}, each one after it is durable, in the order of their stamps. */
    public static final String REVOCATIONS = "revoker.revocations";

    /** Request: {@link FindSweeps}; reply: {@link FoundSweeps}. */
    public static final String FIND_SWEEPS = "revoker.sweeps.find";

    /** Request: {@link StopSweep}; reply: {@link FoundSweeps}. */
    public static final String STOP_SWEEP = "revoker.sweeps.stop";

    /** Published: {@link SweepStopped}, to this Vert.x only: whoever runs the sweep elsewhere finds out by itself. */
    public static final String SWEEP_STOPPED = "revoker.sweeps.stopped";

    private Addresses() {}
}
