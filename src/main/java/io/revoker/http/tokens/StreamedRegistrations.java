package io.revoker.http.tokens;

import io.revoker.caller.Caller;
import io.revoker.http.tokens.LineStream.LineWork;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** The registrations of one stream. */
record StreamedRegistrations(Registrations registrations, Caller caller, StreamSums sums) implements LineWork {
    StreamedRegistrations(Registrations registrations, Caller caller) {
        this(
                registrations,
                caller,
                new StreamSums(
                        "registrations",
                        caller,
                        List.of("created", "unchanged", "conflicts", "invalid", "forbidden", "failed"),
                        answer -> Map.of(name(answer.status()), 1L)));
    }

    @Override
    public Future<DocumentAnswer> line(byte[] line) {
        return registrations.register(line, caller);
    }

    private static String name(int status) {
        return switch (status) {
            case 201 -> "created";
            case 200 -> "unchanged";
            case 409 -> "conflicts";
            case 400, 413 -> "invalid";
            case 403 -> "forbidden";
            default -> "failed";
        };
    }
}
