package io.revoker.bus;

import io.revoker.domain.Problem;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * The form in which a {@link Problem} is sent: as the failure of a request. Its failure code is the similar HTTP
 * status.
 */
public final class ProblemReply extends ReplyException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public ProblemReply(Problem problem) {
        super(ReplyFailure.RECIPIENT_FAILURE, code(problem.kind()), problem.text());
        this.problem = problem;
    }

    private static int code(Problem.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case LOCKED -> 423;
            case OVERLOADED -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE, UNCOUNTED, DAMAGED -> 503;
        };
    }

    public Problem problem() {
        return problem;
    }
}
