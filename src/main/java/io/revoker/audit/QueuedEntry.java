package io.revoker.audit;

import io.revoker.audit.chain.ChainedLine;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditStore.Pack;
import io.revoker.domain.audit.AuditStore.Series;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry that waits to be written.
 *
 * @param act whose end it tells; empty for none
 * @param owner whose act that is
 * @param contested from then on, another instance may have written that end
 */
record QueuedEntry(String members, String act, Owner owner, Instant contested, Promise<Void> written) {
    static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");
    private static final String ACT = "act";

    /** Whose acts are told. */
    enum Owner {
        /** Those of this event loop. */
        SELF,
        /** Those of an instance that has ended: only one other may tell them. */
        OTHER
    }

    /** About something that was not announced. */
    static QueuedEntry of(String members) {
        return new QueuedEntry(members, "", Owner.SELF, NEVER, Promise.promise());
    }

    /** The end of an act of this event loop. */
    static QueuedEntry of(String members, String act, Instant contested) {
        return new QueuedEntry(members, act, Owner.SELF, contested, Promise.promise());
    }

    /** The end of an act that another instance has left behind. */
    static QueuedEntry leftBehind(String members, String act) {
        return new QueuedEntry(members + naming(act), act, Owner.OTHER, Instant.EPOCH, Promise.promise());
    }

    /** The same, after another instance has written that the end is not known: it names the act as that entry does. */
    QueuedEntry late() {
        return new QueuedEntry(members + naming(act), "", owner, NEVER, written);
    }

    /**
     * Some as they follow one another in a chain.
     *
     * @param end of the chain, before them
     * @param continues more members of the first one; may be empty
     */
    static Pack pack(Series series, ChainedLine.End end, String continues, List<QueuedEntry> entries) {
        List<String> lines = new ArrayList<>(entries.size());
        List<String> acts = new ArrayList<>(entries.size());
        Instant contested = NEVER;
        Link last = end.link();
        for (QueuedEntry entry : entries) {
            String members = lines.isEmpty() ? entry.members() + continues : entry.members();
            ChainedLine.Written written = ChainedLine.write(end.chain(), last, members);
            lines.add(written.line());
            last = written.link();
            if (!entry.act().isEmpty()) {
                acts.add(entry.act());
            }
            if (entry.contested().isBefore(contested)) {
                contested = entry.contested();
            }
        }
        return new Pack(series, end.chain(), end.link(), lines, last, acts, contested);
    }

    private static String naming(String act) {
        return ",\"" + ACT + "\":\"" + act + '"';
    }
}
