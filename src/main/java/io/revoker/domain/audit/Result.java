package io.revoker.domain.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What has become of an act.
 *
 * @param stamp of the revocation; {@link Stamp#NONE} if there is none
 * @param found the target, if only the outcome shows it
 * @param holder of the single token that was found
 * @param tally of the tokens
 * @param counts of other things, in the order in which they are written
 * @param detail why it was refused or failed; empty otherwise. Contains no token and no secret
 */
public record Result(
        State state,
        Stamp stamp,
        Optional<Target> found,
        Optional<UserInRealm> holder,
        Optional<Tally> tally,
        List<Count> counts,
        String detail) {

    /** How an act ended. */
    public enum State {
        DONE,
        /** The mark stands, so all tokens are dead; the sweep that counts them is running. */
        BEGUN,
        /** The sweep was stopped before it had counted everything; all tokens are dead. */
        STOPPED,
        /** Nothing was changed: the caller may not do it, or a condition of its own was not met. */
        REFUSED,
        /** It failed, or is in force without an acknowledgement; the detail says what is known. */
        FAILED,
        /** The instance ended before it wrote what has become of it: it may be done or not. */
        UNKNOWN;

        /** The name in entries and requests. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A number of things. */
    public record Count(String name, long number) {}

    public Result {
        counts = List.copyOf(counts);
    }

    /** One that has a state and nothing else. */
    public static Result of(State state) {
        return of(state, "");
    }

    /** The same, and why. */
    public static Result of(State state, String detail) {
        return new Result(state, Stamp.NONE, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), detail);
    }

    /** What a failure means. */
    public static Result of(Throwable failure) {
        Problem problem = Problem.of(failure);
        State state = switch (problem.kind()) {
            case INVALID, FORBIDDEN, LOCKED, OVERLOADED -> State.REFUSED;
            case UNAVAILABLE, UNCOUNTED, DAMAGED, INTERNAL -> State.FAILED;
        };
        Optional<Tally> done = Optional.of(problem.done()).filter(tally -> !tally.equals(Tally.NONE));
        return new Result(state, Stamp.NONE, Optional.empty(), Optional.empty(), done, List.of(), problem.text());
    }

    /** The same with counts. */
    public Result counting(List<Count> numbers) {
        return new Result(state, stamp, found, holder, tally, numbers, detail);
    }

    /** The same, of an act whose holder is named already. */
    public Result ofKnownHolder() {
        return new Result(state, stamp, found, Optional.empty(), tally, counts, detail);
    }

    /** The same with the target that was found. */
    public Result finding(Target target, Stamp its) {
        return new Result(state, its, Optional.of(target), holder, tally, counts, detail);
    }
}
