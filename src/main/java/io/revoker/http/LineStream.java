package io.revoker.http;

import io.revoker.config.DataSize;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One NDJSON request: a document a line, a result line for each, in the same order. However long the stream, at most a window of lines is worked on:
 * when so many wait for their results, or the client does not read them, the reading of the request pauses. What has been read by then is held
 * back, and is no more than one read of the connection.
 */
final class LineStream {
    private static final int WINDOW = 512;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final Limits limits;
    private final Function<byte[], Future<DocumentAnswer>> work;
    private final Deque<Supplier<Future<DocumentAnswer>>> held = new ArrayDeque<>();
    private final Deque<Future<DocumentAnswer>> window = new ArrayDeque<>();
    private long lines;
    private boolean flushing;
    private boolean paused;
    private boolean ended;
    private boolean answered;

    /** @param work what is done with a line */
    LineStream(RoutingContext request, Limits limits, Function<byte[], Future<DocumentAnswer>> work) {
        this.request = request.request();
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.limits = limits;
        this.work = work;
    }

    /**
     * The bounds of a stream.
     *
     * @param line of the longest line
     * @param lines most of them
     */
    record Limits(DataSize line, long lines) {
        /** The window bounds what a stream holds, however many lines it has. */
        static Limits anyNumber(DataSize line) {
            return new Limits(line, Long.MAX_VALUE);
        }
    }

    void run() {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.drainHandler(drained -> flush());
        RecordParser parser =
                RecordParser.newDelimited("\n").maxRecordSize(limits.line().toInt());
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
        if (line.length() > limits.line().bytes()) {
            refuse(tooLong());
            return;
        }
        lines++;
        if (lines > limits.lines()) {
            refuse("lines: more than " + limits.lines());
            return;
        }
        held.add(() -> work.apply(line.getBytes()));
        begin();
    }

    private String tooLong() {
        return "line: longer than " + limits.line();
    }

    /** Ends the stream here: nothing is done with this line and what follows it. */
    private void refuse(String detail) {
        if (!ended) {
            ended = true;
            held.add(() -> Future.succeededFuture(DocumentAnswer.problem(413, detail)));
            request.handler(rest -> {});
            begin();
        }
    }

    private void begin() {
        while (!held.isEmpty() && window.size() < WINDOW) {
            Future<DocumentAnswer> answer = held.remove().get();
            window.add(answer);
            answer.onComplete(done -> flushSoon());
        }
        if (window.size() >= WINDOW && !paused) {
            paused = true;
            request.pause();
        }
    }

    /** Once for all the results of a turn of the event loop: a write for each would cost as much as the work itself. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            context.runOnContext(turn -> {
                flushing = false;
                flush();
            });
        }
    }

    private void flush() {
        write();
        begin();
        if (ended && window.isEmpty() && !answered) {
            answered = true;
            response.end().onFailure(gone -> {});
        } else if (paused && window.size() < WINDOW / 2) {
            paused = false;
            request.resume();
        }
    }

    /** Writes the results that are there, up to the first that is not. */
    private void write() {
        Buffer out = Buffer.buffer();
        while (!window.isEmpty() && window.peek().isComplete() && !response.writeQueueFull()) {
            out.appendBytes(window.remove().result().line()).appendByte((byte) '\n');
        }
        if (out.length() > 0 && !response.ended()) {
            response.write(out).onFailure(gone -> ended = true);
        }
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
