package io.revoker.http.sweeps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Target;
import io.revoker.domain.store.SweepStatus;
import io.revoker.domain.store.SweepStatus.Progress;
import io.revoker.domain.store.SweepStatus.State;
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
        body.set("target", target(sweep.target()));
        if (!sweep.caller().isEmpty()) {
            body.put("caller", sweep.caller());
        }
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

    /** As far as they can be told. */
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

    private static ObjectNode target(Target target) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return target.match(
                one -> body,
                realm -> body.put("realm_name", realm.realm().value()),
                user -> body.put("username", user.user().value()),
                user -> body.put("realm_name", user.holder().realm().value())
                        .put("username", user.holder().user().value()));
    }
}
