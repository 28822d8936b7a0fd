package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;

/** One NDJSON stream: writes as fast as the server takes it, and reads the answers. */
final class Upload {
    private static final int LINES_PER_WRITE = 64;

    private final HttpClientRequest request;
    private final Lines lines;
    private final int to;
    private int next;
    private int answers;
    private String refusal = "";

    Upload(HttpClientRequest request, Lines lines, int from, int to) {
        this.request = request;
        this.lines = lines;
        this.next = from;
        this.to = to;
    }

    /** Fails unless every line is a success. */
    Future<Void> run() {
        int count = to - next;
        request.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
        request.drainHandler(drained -> write());
        Future<Void> answered = request.response().compose(this::read);
        write();
        return answered.compose(end -> answers == count
                ? Future.succeededFuture()
                : Future.failedFuture("stream: " + answers + " successes (expected: " + count + "): " + refusal));
    }

    private void write() {
        while (next < to && !request.writeQueueFull()) {
            Buffer part = Buffer.buffer();
            for (int i = 0; i < LINES_PER_WRITE && next < to; i++) {
                part.appendString(lines.line().apply(next++)).appendString("\n");
            }
            Future<Void> written = next < to ? request.write(part) : request.end(part);
            written.onFailure(lost -> {});
        }
    }

    private Future<Void> read(HttpClientResponse response) {
        response.handler(RecordParser.newDelimited("\n", this::answer));
        return response.end();
    }

    private void answer(Buffer line) {
        if (line.toString().startsWith(lines.success())) {
            answers++;
        } else {
            refusal = line.toString();
        }
    }
}
