package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;

/** One NDJSON stream: writes as fast as the server takes it, and reads the answers. */
final class Upload {
    private static final int LINES_PER_WRITE = 64;
    private static final String CREATED = "{\"status\":201,";

    private final HttpClientRequest request;
    private final TokenSet tokens;
    private final int to;
    private int next;
    private int answers;
    private String refusal = "";

    Upload(HttpClientRequest request, TokenSet tokens, int from, int to) {
        this.request = request;
        this.tokens = tokens;
        this.next = from;
        this.to = to;
    }

    /** Fails unless every line was registered. */
    Future<Void> run() {
        int lines = to - next;
        request.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
        request.drainHandler(drained -> write());
        Future<Void> answered = request.response().compose(this::read);
        write();
        return answered.compose(end -> answers == lines
                ? Future.succeededFuture()
                : Future.failedFuture("stream: " + answers + " created (expected: " + lines + "): " + refusal));
    }

    private void write() {
        while (next < to && !request.writeQueueFull()) {
            Buffer lines = Buffer.buffer();
            for (int i = 0; i < LINES_PER_WRITE && next < to; i++) {
                lines.appendString(tokens.registration(next++)).appendString("\n");
            }
            Future<Void> written = next < to ? request.write(lines) : request.end(lines);
            written.onFailure(lost -> {});
        }
    }

    private Future<Void> read(HttpClientResponse response) {
        response.handler(RecordParser.newDelimited("\n", this::answer));
        return response.end();
    }

    private void answer(Buffer line) {
        if (line.length() > CREATED.length()
                && line.getString(0, CREATED.length()).equals(CREATED)) {
            answers++;
        } else {
            refusal = line.toString();
        }
    }
}
