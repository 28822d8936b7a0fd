package io.revoker.http.sweeps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
import io.revoker.http.single.RevocationMembers;
import java.time.Duration;
import java.util.Locale;

/** A sweep as JSON. */
final class SweepBody {
    private static final double MILLIS = 1000.0;

    private SweepBody() {}

    static ObjectNode of(SweepStatus sweep) {
        Progress progress = sweep.progress();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("sweep", sweep.sweep().toString())
                .put("state", sweep.state().name().toLowerCase(Locale.ROOT));
        RevocationMembers.putTarget(body, sweep.target());
        if (!sweep.caller().isEmpty()) {
            body.put("caller", sweep.caller());
        }
        sweep.reason().ifPresent(reason -> RevocationMembers.putReason(body, reason));
        sweep.by().ifPresent(by -> body.put("counted_by", by.toString()));
        body.put("started_at", sweep.started().toString())
                .put("updated_at", sweep.updated().toString())
                .put("holders_seen", progress.holders())
                .put("holders_estimated", Math.max(progress.all(), progress.holders()))
                .put("invalidated_tokens", progress.tally().invalidated())
                .put("previously_invalidated_tokens", progress.tally().previouslyInvalidated())
                .put("error_count", progress.errors());
        addRates(body, sweep);
        return body;
    }

    /** If they can be computed. */
    private static void addRates(ObjectNode body, SweepStatus sweep) {
        Progress progress = sweep.progress();
        double seconds = Duration.between(sweep.started(), sweep.updated()).toMillis() / MILLIS;
        if (seconds <= 0 || progress.holders() == 0) {
            return;
        }
        body.put("invalidated_per_second", Math.round(progress.tally().invalidated() / seconds));
        if (sweep.state() == State.RUNNING) {
            long left = Math.max(0, progress.all() - progress.holders());
            body.put("remaining_seconds_estimated", Math.round(left * seconds / progress.holders()));
        }
    }
}
