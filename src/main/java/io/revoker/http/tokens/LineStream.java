package io.revoker.http.tokens;

import io.revoker.config.DataSize;
import io.revoker.http.Json;
import io.revoker.http.Turns;
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
 * One NDJSON request: a document a line, a result line for each, in the same order, and a last line with the sums. However long the stream, it holds a
 * window of lines at most: when so many wait for their turns or their results, or the client does not read them, the reading of the request pauses.
 * What has been read by then is held back, and is no more than one read of the connection.
 */
final class LineStream {
    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);
    private static final int WINDOW = 512;
    private static final String GONE = "client: left before the end";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final DataSize longestLine;
    private final Turns turns;
    private final LineWork work;
    private final Deque<byte[]> held = new ArrayDeque<>();
    private final Deque<Future<DocumentAnswer>> window = new ArrayDeque<>();
    private Optional<String> fault = Optional.empty();
    private boolean flushing;
    private boolean paused;
    private boolean ended;
    private boolean gone;
    private boolean done;

    /** @param turns in which the lines of all streams are worked on */
    LineStream(RoutingContext request, DataSize longestLine, Turns turns, LineWork work) {
        this.request = request.request();
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.longestLine = longestLine;
        this.turns = turns;
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

    /** Ends the stream here: nothing is done with this line and what follows it, and no more is read before the answer has ended. */
    private void cut() {
        if (!ended) {
            ended = true;
            fault = Optional.of("line: longer than " + longestLine + " (http.max-line-size)");
            request.handler(rest -> {}).pause();
            flushSoon();
        }
    }

    /** What has been read is done all the same, and told to nobody. */
    private void leave() {
        if (!done) {
            gone = true;
            ended = true;
            fault = Optional.of(GONE);
            flushSoon();
        }
    }

    private void begin() {
        while (!held.isEmpty() && window.size() < WINDOW) {
            byte[] line = held.remove();
            Future<DocumentAnswer> answer = turns.take(1, () -> work.line(line))
                    .otherwise(DocumentAnswer::refusal)
                    .onSuccess(work.sums()::count);
            window.add(answer);
            answer.onComplete(finished -> flushSoon());
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
        try {
            goOn();
        } catch (RuntimeException | Error fault) {
            LOG.error("stream failed", fault);
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

    /** Writes the results that are there, up to the first that is not. */
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
                fault.filter(tooLong -> !gone).map(tooLong -> DocumentAnswer.problem(413, tooLong));
        refused.ifPresent(work.sums()::count);
        work.sums().log(fault);
        if (gone) {
            return;
        }
        Buffer out = Buffer.buffer();
        refused.ifPresent(line -> append(out, line.line()));
        append(out, Json.write(work.sums().summary(fault)));
        response.end(out).onFailure(lost -> {});
    }

    private static void append(Buffer out, byte[] line) {
        out.appendBytes(line).appendByte((byte) '\n');
    }

    private static boolean isBlank(Buffer line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.getByte(i) > ' ') {
                return false;
            }
        }
        return true;
    }

    /** What is done with the lines of one stream. */
    interface LineWork {
        /** Does what a line asks for. Never fails: every fault is an answer. */
        Future<DocumentAnswer> line(byte[] line);

        /** What came of the lines so far. */
        StreamSums sums();
    }
}
