package io.revoker.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.domain.Report;
import io.revoker.domain.Tally;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The revocations of one stream, each of them one of its own, and what came of all of them. Never fails: every fault is an answer. */
final class StreamedRevocations {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedRevocations.class);

    private final RevokerBus bus;
    private final Caller caller;
    private Tally tally = Tally.NONE;
    private long notFound;
    private long failed;

    StreamedRevocations(RevokerBus bus, Caller caller) {
        this.bus = bus;
        this.caller = caller;
    }

    Future<DocumentAnswer> revoke(byte[] line) {
        return DocumentAnswer.of(() -> bus.revoke(new Revoke(RevocationReader.read(Json.read(line)), caller.realms()))
                        .recover(failure -> Future.failedFuture(ProblemDetails.withWhatWasDone(failure)))
                        .map(StreamedRevocations::answer))
                .onSuccess(this::count);
    }

    /** What was done so far, in one line: one for each token would be most of what is ever logged. The log of revocations has each. */
    void log() {
        LOG.atInfo()
                .addKeyValue("caller", caller.id())
                .addKeyValue("invalidated", tally.invalidated())
                .addKeyValue("previously_invalidated", tally.previouslyInvalidated())
                .addKeyValue("not_found", notFound)
                .addKeyValue("failed", failed)
                .log("revocations");
    }

    private static DocumentAnswer answer(Report report) {
        ObjectNode counts = JsonNodeFactory.instance
                .objectNode()
                .put("invalidated_tokens", report.tally().invalidated())
                .put("previously_invalidated_tokens", report.tally().previouslyInvalidated());
        return new DocumentAnswer(report.outcome() == Report.Outcome.NOT_FOUND ? 404 : 200, counts);
    }

    private void count(DocumentAnswer answer) {
        switch (answer.status()) {
            case 200 ->
                tally = tally.plus(new Tally(
                        answer.body().path("invalidated_tokens").longValue(),
                        answer.body().path("previously_invalidated_tokens").longValue()));
            case 404 -> notFound++;
            default -> failed++;
        }
    }
}
