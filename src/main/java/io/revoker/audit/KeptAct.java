package io.revoker.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditStore.Announced;
import io.revoker.domain.audit.Keeping;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** An act that is under way: announced, noted in the step that does it, or not kept yet. */
final class KeptAct implements Keeping {
    /** What one step has done waits so long for its own instance to write the entry. */
    static final Duration SOON = Duration.ofSeconds(5);

    private final String name;
    private final Act act;
    private final Instant began;
    private final Duration longest;
    private final BiFunction<String, Announced, Future<Void>> announce;
    private Optional<Future<Void>> announced = Optional.empty();
    private Optional<Note> note = Optional.empty();
    private String facts = "";

    /**
     * Creates it.
     *
     * @param longest that it may take
     * @param announce keeps it, by its name
     */
    KeptAct(
            String name,
            Act act,
            Instant began,
            Duration longest,
            BiFunction<String, Announced, Future<Void>> announce) {
        this.name = name;
        this.act = act;
        this.began = began;
        this.longest = longest;
        this.announce = announce;
    }

    /** Completes in the context of the request, although what is announced is announced for several. */
    @Override
    public Future<Void> announced() {
        if (announced.isEmpty()) {
            note = Optional.empty();
            facts = EntryText.facts(act, began);
            Promise<Void> kept = ContextInternal.current().promise();
            announced = Optional.of(kept.future());
            announce.apply(name, new Announced(deadline(), facts)).onComplete(kept);
        }
        return announced.get();
    }

    @Override
    public Optional<Note> noted(UserInRealm holder) {
        facts = EntryText.facts(act, began, holder);
        note = Optional.of(new Note(name, began.plus(SOON), facts));
        return note;
    }

    String name() {
        return name;
    }

    /** From then on, another instance may tell its end. */
    Instant deadline() {
        return note.map(Note::deadline).orElseGet(() -> began.plus(longest));
    }

    /** What its entry begins with. */
    String facts() {
        return facts.isEmpty() ? EntryText.facts(act, began) : facts;
    }

    Optional<Target> target() {
        return act.target();
    }

    boolean isAnnounced() {
        return announced.isPresent();
    }

    /** Whether the store has kept it in the step that did it, if that has done something. */
    boolean isNoted() {
        return note.isPresent();
    }

    /**
     * Whether there is nothing to tell of its failure. What was not announced was not done. What was noted has its
     * entry by the note if it was done after all; the store refused everything, or did not answer.
     */
    boolean isNothingAfter(Throwable failure) {
        if (announced.isPresent()) {
            return announced.get().failed();
        }
        Problem problem = Problem.of(failure);
        return problem.isWorthRepeating() && problem.done().equals(Tally.NONE);
    }
}
