package io.revoker.bridge;

import io.revoker.bus.ReadLog;
import io.revoker.bus.Revoke.Until;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.http.Json;
import io.revoker.http.ProblemDetails;
import io.revoker.http.RequestFields;
import io.revoker.http.check.BatchChecks;
import io.revoker.http.feed.Changes;
import io.revoker.http.revocations.RevocationAnswer;
import io.revoker.http.revocations.RevocationDocuments;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The addresses that clients may send to, and what answers there. */
public final class BridgeRequests {
    private static final String WAIT = "wait_for_completion";
    private static final String SINCE = "since";
    private static final int DONE = 200;
    private static final int REFUSED = 400;
    private static final int NOT_FOUND = 404;

    private final BatchChecks checks;
    private final RevocationDocuments revocations;
    private final RevokerBus bus;
    private final Supplier<Stamp> read;
    private final Map<String, Entry> entries = Map.of(
            "revocation.v1.check", new Entry(Privilege.CHECK, this::check),
            "revocation.v1.revoke", new Entry(Privilege.INVALIDATE, this::revoke),
            "revocation.v1.changes", new Entry(Privilege.FEED, this::changes));

    /**
     * Create it on the event loop that serves.
     *
     * @param read up to which stamp this instance has read the log
     */
    public BridgeRequests(BatchChecks checks, RevocationDocuments revocations, RevokerBus bus, Supplier<Stamp> read) {
        this.checks = checks;
        this.revocations = revocations;
        this.bus = bus;
        this.read = read;
    }

    /** Answers requests. */
    @FunctionalInterface
    interface Work {
        /** Fails with a {@link Problem}. */
        Future<Reply> answer(Frame frame, Caller caller);
    }

    /** @param privilege that the caller must have */
    record Entry(Privilege privilege, Work work) {}

    /** @param status as over HTTP */
    record Reply(int status, Buffer json) {}

    /** Empty if clients may not send there. */
    Optional<Entry> at(String address) {
        return Optional.ofNullable(entries.get(address));
    }

    private Future<Reply> check(Frame frame, Caller caller) {
        return checks.answer(Json.write(frame.body()), caller).map(json -> new Reply(DONE, json));
    }

    private Future<Reply> revoke(Frame frame, Caller caller) {
        Until until = "false".equals(frame.headers().get(WAIT)) ? Until.MARKED : Until.SWEPT;
        return revocations.answer(Json.write(frame.body()), caller, until).map(BridgeRequests::reply);
    }

    private static Reply reply(RevocationAnswer answer) {
        if (answer.status() >= REFUSED && answer.status() != NOT_FOUND) {
            throw new RequestFailure(new ProblemDetails(
                    answer.status(), answer.body().path("detail").asText()));
        }
        return new Reply(answer.status(), Buffer.buffer(Json.write(answer.body())));
    }

    private Future<Reply> changes(Frame frame, Caller caller) {
        Stamp since = new RequestFields(frame.body(), Set.of(SINCE))
                .text(SINCE)
                .flatMap(Stamp::parse)
                .orElseThrow(() -> Problem.invalid(
                        SINCE + ": not a stamp (expected: text of 1 to 18 digits, as in an" + " event; 0 for all)"));
        return bus.readLog(new ReadLog(since))
                .map(page -> new Reply(DONE, Changes.of(page, caller.realms(), read.get())));
    }

    /** An answer that is an error, with its status. */
    static final class RequestFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ProblemDetails details;

        private RequestFailure(ProblemDetails details) {
            super(details.detail(), null, false, false);
            this.details = details;
        }

        static ProblemDetails of(Throwable failure) {
            return failure instanceof RequestFailure failed ? failed.details : ProblemDetails.of(failure);
        }
    }
}
