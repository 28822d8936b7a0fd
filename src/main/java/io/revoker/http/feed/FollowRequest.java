package io.revoker.http.feed;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.http.request.Parameters;
import io.revoker.http.request.TimeText;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a follower asks for. Anything that is wrong is a {@link Problem}. */
final class FollowRequest {
    private final Parameters query;

    /** @param known the parameters that there may be */
    FollowRequest(HttpServerRequest request, Set<String> known) {
        query = Parameters.ofQuery(request);
        query.requireOnly(known.stream().sorted().toList());
    }

    /** A parameter as it is: one without a value is not one that is absent. */
    Optional<String> text(String name) {
        return query.given(name);
    }

    /** A parameter that is a stamp. */
    Optional<Stamp> stamp(String name) {
        return text(name).map(text -> stamp(name, text));
    }

    /** A header that is a stamp. */
    static Optional<Stamp> stampOfHeader(HttpServerRequest request, String name) {
        List<String> values = request.headers().getAll(name);
        if (values.size() > 1) {
            throw Problem.invalid(name + ": given more than once (expected: once)");
        }
        return values.stream().findFirst().map(text -> stamp(name, text));
    }

    private static Stamp stamp(String name, String text) {
        return Stamp.parse(text)
                .orElseThrow(() -> Problem.invalid(name + ": not a stamp (expected: 1 to 18 digits, as in an event)"));
    }

    /** A parameter that is a time such as 500ms, 10s or 5m. */
    Optional<Duration> time(String name) {
        return text(name).map(text -> TimeText.read(name, text));
    }
}
