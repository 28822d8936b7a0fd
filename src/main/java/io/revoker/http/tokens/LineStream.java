package io.revoker.http.tokens;

import io.revoker.config.values.DataSize;
import io.revoker.http.BulkQueue;
import io.revoker.http.Json;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One NDJSON request: a document a line, a result line for each, in the same order, and a last line with the sums.
 * However long the stream is, at most a window of lines is in memory. While that many lines wait for their turns or
 * their results, or the client does not read the results, reading the request pauses (back-pressure). What has been
 * read by then is held back; it is at most one read of the connection.
 */
final class LineStream {
    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);
    private static final int WINDOW = 512;
    private static final String GONE = "client: disconnected before the end";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final DataSize longestLine;
    private final BulkQueue queue;
    private final LineWork work;
    private final Deque<byte[]> held = new ArrayDeque<>();
    private final Deque<Future<DocumentAnswer>> window = new ArrayDeque<>();
    private Optional<String> problem = Optional.empty();
    private boolean flushing;
    private boolean paused;
    private boolean ended;
    private boolean gone;
    private boolean done;

    /** @param queue for the lines of all streams */
    LineStream(RoutingContext request, DataSize longestLine, BulkQueue queue, LineWork work) {
        this.request = request.request();
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.longestLine = longestLine;
        this.queue = queue;
        this.work = work;
        request.addEndHandler(end -> leave());
    }

    void run() {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.drainHandler(drained -> flush());
        RecordParser parser = RecordParser.newDelimited("\n").maxRecordSize(longestLine.toInt());
        parser.handler(this::line).exceptionHandler(tooLong -> cut());
        request.handler(parser).exceptionHandler(broken -> leave()).endHandler(end -> {
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
        if (line.length() > longestLine.bytes()) {
            cut();
            return;
        }
        held.add(line.getBytes());
        begin();
    }

    /**
     * Ends the stream here: this line and the following ones are not processed, and nothing more is read before the
     * answer has ended.
     */
    private void cut() {
        if (!ended) {
            ended = true;
            problem = Optional.of("line: longer than " + longestLine + " (http.max-line-size)");
            request.handler(rest -> {}).pause();
            flushSoon();
        }
    }

    /** The client has disconnected. Lines that were read are processed all the same, but their results are not sent. */
    private void leave() {
        if (!done) {
            gone = true;
            ended = true;
            problem = Optional.of(GONE);
            flushSoon();
        }
    }

    private void begin() {
        while (!held.isEmpty() && window.size() < WINDOW) {
            byte[] line = held.remove();
            Future<DocumentAnswer> answer = queue.take(1, () -> work.line(line))
                    .otherwise(DocumentAnswer::failed)
                    .onSuccess(work.sums()::count);
            window.add(answer);
            answer.onComplete(finished -> flushSoon());
        }
        if (window.size() >= WINDOW && !paused) {
            paused = true;
            request.pause();
        }
    }

    /**
     * Writes once for all results of a turn of the event loop: a write for each would cost as much as the work itself.
     */
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
        try {
            goOn();
        } catch (RuntimeException | Error problem) {
            LOG.error("stream failed", problem);
            done = true;
            gone = true;
            response.reset().onFailure(closed -> {});
        }
    }

    private void goOn() {
        write();
        begin();
        if (ended && held.isEmpty() && window.isEmpty() && !done) {
            done = true;
            finish();
        } else if (paused && !ended && window.size() < WINDOW / 2) {
            paused = false;
            request.resume();
        }
    }

    /** Writes the finished results, up to the first unfinished one. */
    private void write() {
        Buffer out = Buffer.buffer();
        while (!window.isEmpty() && window.peek().isComplete() && (gone || !response.writeQueueFull())) {
            append(out, window.remove().result().line());
        }
        if (out.length() > 0 && !gone) {
            response.write(out).onFailure(lost -> leave());
        }
    }

    private void finish() {
        Optional<DocumentAnswer> refused =
                problem.filter(tooLong -> !gone).map(tooLong -> DocumentAnswer.problem(413, tooLong));
        refused.ifPresent(work.sums()::count);
        work.sums().log(problem);
        if (gone) {
            return;
        }
        Buffer out = Buffer.buffer();
        refused.ifPresent(line -> append(out, line.line()));
        append(out, Json.write(work.sums().summary(problem)));
        response.end(out).onFailure(lost -> {});
    }

    private static void append(Buffer out, byte[] line) {
        out.appendBytes(line).appendByte((byte) '\n');
    }

    /** Of nothing but the white space of JSON (RFC 8259, section 2). */
    private static boolean isBlank(Buffer line) {
        for (int i = 0; i < line.length(); i++) {
            byte character = line.getByte(i);
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Processes the lines of one stream. */
    interface LineWork {
        /** Processes a line. Never fails: every problem is an answer. */
        Future<DocumentAnswer> line(byte[] line);

        /** The sums of the results so far. */
        StreamSums sums();
    }
}
