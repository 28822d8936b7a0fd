package io.revoker.bus;

import io.revoker.domain.audit.AuditRequests.Chains;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.FindChains;
import io.revoker.domain.audit.AuditRequests.Note;
import io.revoker.domain.audit.AuditRequests.Noted;
import io.revoker.domain.audit.AuditRequests.Page;
import io.vertx.core.Future;

/** The sending end of the contract for the audit trail. Every failure is a {@link io.revoker.domain.Problem}. */
public record AuditBus(RevokerBus bus) {
    public Future<Page> find(Find request) {
        return bus.askNearest(Addresses.FIND_AUDIT, request);
    }

    public Future<Chains> chains(FindChains request) {
        return bus.askNearest(Addresses.FIND_AUDIT_CHAINS, request);
    }

    public Future<Noted> note(Note request) {
        return bus.askNearest(Addresses.NOTE_AUDIT, request);
    }
}
