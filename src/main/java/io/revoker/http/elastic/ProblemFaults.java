package io.revoker.http.elastic;

import io.revoker.domain.Problem;
import io.revoker.http.elastic.ElasticFault.Cause;
import java.util.List;

/** What the domain's problems look like on this wire. */
final class ProblemFaults {
    private ProblemFaults() {}

    static ElasticFault of(Problem problem) {
        String text = problem.text();
        return switch (problem.kind()) {
            case INVALID -> RequestFaults.validationFailed(List.of(text));
            case FORBIDDEN -> SecurityFaults.forbidden(text);
            case UNAVAILABLE, UNCOUNTED, OVERLOADED, DAMAGED -> SecurityFaults.unavailable(text);
            case INTERNAL -> ElasticFault.of(500, Cause.of("exception", text));
        };
    }
}
