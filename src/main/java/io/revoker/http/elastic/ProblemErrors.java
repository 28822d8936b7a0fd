package io.revoker.http.elastic;

import io.revoker.domain.Problem;
import io.revoker.http.elastic.ElasticError.Cause;
import java.util.List;

/** Translates the domain's problems into errors of this wire format. */
final class ProblemErrors {
    private ProblemErrors() {}

    static ElasticError of(Problem problem) {
        String text = problem.text();
        return switch (problem.kind()) {
            case INVALID -> RequestErrors.validationFailed(List.of(text));
            case FORBIDDEN, LOCKED -> SecurityErrors.forbidden(text);
            case UNAVAILABLE, UNCOUNTED, OVERLOADED, DAMAGED -> SecurityErrors.unavailable(text);
            case INTERNAL -> ElasticError.of(500, Cause.of("exception", text));
        };
    }
}
