package io.revoker.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.config.HttpConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * One NDJSON request: a registration a line, a result line for each, in the same order. However long the stream, at most a window of lines is held:
 * when so many wait for their results, or the client does not read them, the reading of the request pauses.
 */
final class RegistrationStream {
    private static final int WINDOW = 512;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final HttpConfig limits;
    private final Function<byte[], Future<RegistrationAnswer>> register;
    private final Deque<Future<RegistrationAnswer>> window = new ArrayDeque<>();
    private int lines;
    private boolean flushing;
    private boolean paused;
    private boolean ended;
    private boolean answered;

    /** @param context of the request */
    RegistrationStream(
            HttpServerRequest request,
            Context context,
            HttpConfig limits,
            Function<byte[], Future<RegistrationAnswer>> register) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.limits = limits;
        this.register = register;
    }

    void run() {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.drainHandler(drained -> flush());
        RecordParser parser = RecordParser.newDelimited("\n")
                .maxRecordSize(limits.maxLineSize().toInt());
        parser.handler(this::line).exceptionHandler(tooLong -> refuse(tooLong()));
        request.handler(parser).exceptionHandler(gone -> ended = true).endHandler(end -> {
            parser.handle(Buffer.buffer("\n"));
            ended = true;
            flush();
        });
        request.resume();
    }

    private void line(Buffer line) {
        if (ended || isBlank(line)) {
            return;
        }
        if (line.length() > limits.maxLineSize().bytes()) {
            refuse(tooLong());
            return;
        }
        lines++;
        if (lines > limits.maxLines()) {
            refuse("lines: more than " + limits.maxLines());
            return;
        }
        Future<RegistrationAnswer> answer = register.apply(line.getBytes());
        window.add(answer);
        answer.onComplete(done -> flushSoon());
        if (window.size() >= WINDOW && !paused) {
            paused = true;
            request.pause();
        }
    }

    private String tooLong() {
        return "line: longer than " + limits.maxLineSize();
    }

    /** Ends the stream here: this line and what follows it is not registered. */
    private void refuse(String detail) {
        if (!ended) {
            ended = true;
            window.add(Future.succeededFuture(new RegistrationAnswer(413, new ProblemDetails(413, detail).tree())));
            request.handler(rest -> {});
            flush();
        }
    }

    /** Once for all the results of a turn of the event loop: a write for each would cost as much as the registration itself. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            context.runOnContext(turn -> {
                flushing = false;
                flush();
            });
        }
    }

    /** Writes the results that are there, up to the first that is not. */
    private void flush() {
        Buffer out = Buffer.buffer();
        while (!window.isEmpty() && window.peek().isComplete() && !response.writeQueueFull()) {
            Future<RegistrationAnswer> answer = window.remove();
            append(out, answer.succeeded() ? answer.result() : RegistrationAnswer.of(answer.cause()));
        }
        if (out.length() > 0 && !response.ended()) {
            response.write(out).onFailure(gone -> ended = true);
        }
        if (ended && window.isEmpty() && !answered) {
            answered = true;
            response.end().onFailure(gone -> {});
        } else if (paused && window.size() < WINDOW / 2) {
            paused = false;
            request.resume();
        }
    }

    private static void append(Buffer out, RegistrationAnswer answer) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("status", answer.status());
        out.appendBytes(Json.write(line.setAll(answer.body()))).appendByte((byte) '\n');
    }

    private static boolean isBlank(Buffer line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.getByte(i) > ' ') {
                return false;
            }
        }
        return true;
    }
}
