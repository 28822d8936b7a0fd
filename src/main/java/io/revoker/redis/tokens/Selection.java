package io.revoker.redis.tokens;

import io.revoker.domain.Grant;
import io.revoker.domain.Tally;
import io.revoker.domain.TokenKind;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.domain.store.Traits;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.revoker.redis.sweeps.SweepTotals;
import io.revoker.redis.tokens.BundleContent.Held;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Invalidates some of the grants of a bundle: reads the records of those that may be meant, and then has one script
 * invalidate and count those that are. A grant that is registered in between finds the mark.
 */
record Selection(RedisLink link, Keys keys, GrantFacts facts, SweepTotals totals, InstantSource time) {
    /** A token that expires within this time may be without a record: that is no error. */
    private static final Duration ENDING = Duration.ofSeconds(2);

    /** Why it is unknown whether a grant is meant. */
    static final String WITHOUT_RECORD = "grant without a record";

    private static final Set<TokenKind> BOTH = Set.of(TokenKind.values());

    /** A grant that is live; without facts it is unknown whether it is meant. */
    private record Candidate(Held grant, Optional<Grant.Facts> facts) {}

    Future<Swept> invalidate(Choice choice, BundleContent content, Pass pass) {
        return Future.all(content.grants().stream()
                        .filter(grant -> isLive(choice, grant.state(), pass))
                        .map(grant -> candidate(choice, grant))
                        .toList())
                .compose(all -> invalidate(choice, content, selected(choice, all.list()), pass)
                        .map(swept -> with(errors(choice, content, all.list()), swept)));
    }

    private boolean isLive(Choice choice, GrantState state, Pass pass) {
        return pass.before().isAfter(state.birth()) && isLive(choice, state, time.instant());
    }

    private Future<Candidate> candidate(Choice choice, Held grant) {
        return facts.readable(choice, grant.id(), grant.bundle()).map(found -> new Candidate(grant, found));
    }

    private static List<Held> selected(Choice choice, List<Candidate> candidates) {
        return candidates.stream()
                .filter(one -> selects(choice, one.grant().bundle(), one.facts()))
                .map(Candidate::grant)
                .toList();
    }

    /** Whether a grant of a bundle is meant; not if nothing is known of it. */
    static boolean selects(Choice choice, Bundle bundle, Optional<Grant.Facts> facts) {
        return facts.filter(known -> choice.selects(new Traits(bundle.holder(), known, BOTH)))
                .isPresent();
    }

    private List<String> errors(Choice choice, BundleContent content, List<Candidate> candidates) {
        List<String> errors = new ArrayList<>();
        if (!content.isSound()) {
            errors.add(damaged(content));
        }
        Instant now = time.instant();
        candidates.stream()
                .filter(one ->
                        one.facts().isEmpty() && isLiveSoon(choice, one.grant().state(), now))
                .map(one -> one.grant().bundle().holder())
                .forEach(holder ->
                        errors.add(HolderProblem.of(holder, WITHOUT_RECORD).line()));
        return errors;
    }

    /** Whether it is live, and for a moment longer: else its record may have expired just now. */
    static boolean isLiveSoon(Choice choice, GrantState state, Instant now) {
        return isLive(choice, state, now.plus(ENDING));
    }

    private static boolean isLive(Choice choice, GrantState state, Instant now) {
        return Stream.of(TokenKind.values()).anyMatch(kind -> choice.includes(kind) && state.isLiveAt(kind, now));
    }

    private static String damaged(BundleContent content) {
        return HolderProblem.of(content.holding(), "damaged grant").line();
    }

    private static Swept with(List<String> errors, Swept swept) {
        return new Swept(
                swept.totals(),
                Stream.concat(errors.stream(), swept.errors().stream()).toList(),
                swept.rest());
    }

    private Future<Swept> invalidate(Choice choice, BundleContent content, List<Held> grants, Pass pass) {
        String tag = keys.tag(content.holding());
        if (grants.isEmpty()) {
            return totals.read(tag, pass.before()).map(total -> new Swept(Map.of(tag, total), List.of(), List.of()));
        }
        Call call = Script.SELECT
                .call(keys.totals(tag, pass.before()), content.key())
                .arg(pass.before().micros())
                .arg(SweepTotals.SECONDS)
                .arg(ChronoUnit.MICROS.between(Instant.EPOCH, pass.at()));
        int meant = Stream.of(TokenKind.values())
                .filter(choice::includes)
                .mapToInt(GrantState::live)
                .sum();
        grants.forEach(
                grant -> call.arg(grant.bundle().field(grant.id().value())).arg(meant));
        return link.send(call).map(reply -> {
            Tally total = new Tally(reply.get(0).toLong(), reply.get(1).toLong());
            List<String> errors = reply.get(2).toInteger() > 0 ? List.of(damaged(content)) : List.of();
            return new Swept(Map.of(tag, total), errors, List.of());
        });
    }
}
