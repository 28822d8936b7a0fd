package io.revoker.bus;

import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.bus.sweeps.SweepStopped;

/** The addresses of the event bus where Revoker takes requests, and where it publishes revocations. */
public final class Addresses {
    /**
     * Request: {@link Revoke}; reply: {@link io.revoker.domain.Report}, when the revocation is durable and, unless the
     * request says otherwise, its sweep has ended.
     */
    public static final String REVOKE = "revoker.revoke";

    /** Request: {@link Count}; reply: {@link io.revoker.domain.Report}, without a stamp. */
    public static final String COUNT = "revoker.count";

    /** Request: {@link Register}; reply: {@link io.revoker.domain.store.Registration}. */
    public static final String REGISTER = "revoker.register";

    /** Request: {@link Check}; reply: {@link io.revoker.domain.Verdict}. */
    public static final String CHECK = "revoker.check";

    /** Request: {@link CheckAll}; reply: {@link Verdicts}. */
    public static final String CHECK_ALL = "revoker.check-all";

    /** Published: {@link io.revoker.domain.Revocation}, each when it is durable, in the order of their stamps. */
    public static final String REVOCATIONS = "revoker.revocations";

    /** Request: {@link FindSweeps}; reply: {@link FoundSweeps}. */
    public static final String FIND_SWEEPS = "revoker.sweeps.find";

    /** Request: {@link StopSweep}; reply: {@link FoundSweeps}. */
    public static final String STOP_SWEEP = "revoker.sweeps.stop";

    /**
     * Published: {@link SweepStopped}, to this Vert.x only: other instances see the stop when they renew their lease.
     */
    public static final String SWEEP_STOPPED = "revoker.sweeps.stopped";

    /** Request: {@link FindGrants}; reply: {@link io.revoker.domain.store.HeldGrants}. */
    public static final String FIND_GRANTS = "revoker.grants.find";

    /**
     * Request: {@link io.revoker.domain.store.ListedGrants.Find}; reply: {@link io.revoker.domain.store.ListedGrants}.
     */
    public static final String LIST_GRANTS = "revoker.grants.list";

    /**
     * Request: {@link io.revoker.domain.statuslists.StatusRequests.Allocate};
     * reply: {@link io.revoker.domain.statuslists.StatusRequests.Allocated}.
     */
    public static final String ALLOCATE_STATUS = "revoker.status-lists.allocate";

    /**
     * Request: {@link io.revoker.domain.statuslists.StatusRequests.Attach};
     * reply: {@link io.revoker.domain.statuslists.StatusRequests.Attached}.
     */
    public static final String ATTACH_STATUS = "revoker.status-lists.attach";

    /**
     * Request: {@link io.revoker.domain.statuslists.StatusRequests.Find};
     * reply: {@link io.revoker.domain.statuslists.StatusRequests.Found}.
     */
    public static final String FIND_STATUS_LISTS = "revoker.status-lists.find";

    /**
     * Request: {@link io.revoker.domain.statuslists.StatusRequests.Begin};
     * reply: {@link io.revoker.domain.statuslists.StatusRequests.Begun}.
     */
    public static final String BEGIN_STATUSES = "revoker.status-lists.begin";

    /**
     * Request: {@link io.revoker.domain.statuslists.StatusRequests.Read};
     * reply: {@link io.revoker.domain.statuslists.StatusRequests.Statuses}.
     */
    public static final String READ_STATUSES = "revoker.status-lists.read";

    /**
     * Request: {@link io.revoker.domain.store.AnswerStore.Reserve};
     * reply: {@link io.revoker.domain.store.AnswerStore.Reserved}.
     */
    public static final String RESERVE_ANSWER = "revoker.answers.reserve";

    /**
     * Request: {@link io.revoker.domain.store.AnswerStore.Settle};
     * reply: {@link io.revoker.domain.store.AnswerStore.Reserved}.
     */
    public static final String SETTLE_ANSWER = "revoker.answers.settle";

    /**
     * Request: {@link io.revoker.domain.store.LockStore.Find};
     * reply: {@link io.revoker.domain.store.LockStore.Found}.
     */
    public static final String FIND_LOCKS = "revoker.locks.find";

    /**
     * Request: {@link io.revoker.domain.store.LockStore.Remove};
     * reply: {@link io.revoker.domain.store.LockStore.Found}.
     */
    public static final String REMOVE_LOCK = "revoker.locks.remove";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Create};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Found}.
     */
    public static final String CREATE_STREAM = "revoker.streams.create";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Find};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Found}.
     */
    public static final String FIND_STREAMS = "revoker.streams.find";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Change};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Found}.
     */
    public static final String CHANGE_STREAM = "revoker.streams.change";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Replace};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Replaced}.
     */
    public static final String REPLACE_ENDPOINT = "revoker.streams.endpoint";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Remove};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Found}.
     */
    public static final String REMOVE_STREAM = "revoker.streams.remove";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Note};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Noted}.
     */
    public static final String NOTE_IN_STREAM = "revoker.streams.note";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Read};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Batch}.
     */
    public static final String READ_STREAM = "revoker.streams.read";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Lease};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Leased}.
     */
    public static final String LEASE_STREAM = "revoker.streams.lease";

    /**
     * Request: {@link io.revoker.domain.streams.StreamRequests.Attend};
     * reply: {@link io.revoker.domain.streams.StreamRequests.Attended}.
     */
    public static final String ATTEND_STREAM = "revoker.streams.attend";

    /**
     * Request: {@link io.revoker.domain.followers.FollowerRequests.Confirm};
     * reply: {@link io.revoker.domain.followers.FollowerRequests.Confirmed}.
     */
    public static final String CONFIRM = "revoker.followers.confirm";

    /**
     * Request: {@link io.revoker.domain.followers.FollowerRequests.Remove};
     * reply: {@link io.revoker.domain.followers.FollowerRequests.Removed}.
     */
    public static final String REMOVE_FOLLOWER = "revoker.followers.remove";

    /**
     * Request: {@link io.revoker.domain.followers.FollowerRequests.Find};
     * reply: {@link io.revoker.domain.followers.FollowerRequests.Found}.
     */
    public static final String FIND_FOLLOWERS = "revoker.followers.find";

    /**
     * Request: {@link io.revoker.domain.followers.AwaitReceipt}; reply: {@link io.revoker.domain.followers.Receipt},
     * when the followers have applied the revocation, or the time is over.
     */
    public static final String RECEIPT = "revoker.receipt";

    /**
     * Request: {@link io.revoker.domain.audit.AuditRequests.Find};
     * reply: {@link io.revoker.domain.audit.AuditRequests.Page}.
     */
    public static final String FIND_AUDIT = "revoker.audit.find";

    /**
     * Request: {@link io.revoker.domain.audit.AuditRequests.FindChains};
     * reply: {@link io.revoker.domain.audit.AuditRequests.Chains}.
     */
    public static final String FIND_AUDIT_CHAINS = "revoker.audit.chains";

    /**
     * Request: {@link io.revoker.domain.audit.AuditRequests.Note};
     * reply: {@link io.revoker.domain.audit.AuditRequests.Noted}.
     */
    public static final String NOTE_AUDIT = "revoker.audit.note";

    /** Request: {@link ReadLog}; reply: {@link io.revoker.domain.store.RevocationLog.LogPage}. */
    public static final String READ_LOG = "revoker.log.read";

    private Addresses() {}
}
