package io.revoker.redis.log;

import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Target;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.near.NearSight;
import java.util.List;
import java.util.Optional;

/** What scripts need to append single tokens and pairs to the log; used by one event loop only. */
public record SingleEntries(Keys keys, LogSettings settings, StampRange bounds, NearSight near) {

    /** The first keys of such a script. */
    public List<String> first() {
        return List.of(keys.clock, keys.events, keys.trimmed, keys.near);
    }

    /**
     * Adds the first arguments of such a script.
     *
     * @param registered what is known of a registered token; empty for nothing
     */
    public Call begin(Call script, Target.Single token, String registered, Optional<Reason> reason) {
        return script.arg(TargetText.of(token))
                .arg(bounds.least())
                .arg(bounds.most())
                .arg(settings.keptMicros())
                .arg(registered)
                .arg(reason.map(ReasonText::of).orElse(""));
    }

    /** Takes the reply of such a script, which may end with what is known of leases. */
    public void take(String reply) {
        near.take(reply);
    }
}
