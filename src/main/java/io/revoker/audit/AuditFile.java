package io.revoker.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.audit.LineFile.Appended;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies entries to a file, or to standard output, in a thread of its own; again and again until that works. One
 * instance serves all event loops.
 */
public final class AuditFile {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_AT_ONCE = 10_000;
    private static final long PAUSE_MILLIS = 500;

    private final Vertx vertx;
    private final WorkerExecutor worker;
    private final Function<List<String>, Appended> append;
    private final Promise<Void> over = Promise.promise();

    /** Guards what follows. */
    private final Object lock = new Object();

    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;
    private boolean isLosing;
    private boolean isFailing;

    /** Of the next attempt, if it is waited for. */
    private long timer = -1;

    /** @param path absent for standard output */
    public AuditFile(Vertx vertx, Optional<Path> path, OutputStream standard) {
        this.vertx = vertx;
        this.worker = vertx.createSharedWorkerExecutor("revoker-audit", 1);
        this.append = path.map(LineFile::new)
                .<Function<List<String>, Appended>>map(file -> file::append)
                .orElse(lines -> print(lines, standard));
    }

    private static Appended print(List<String> lines, OutputStream standard) {
        try {
            standard.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
            standard.flush();
            return new Appended(lines.size(), Optional.empty());
        } catch (IOException e) {
            return new Appended(0, Optional.of(e));
        }
    }

    /** Copies them soon. If the file can't be written, later; if too many wait, some are missing in it. */
    public void add(List<String> lines) {
        synchronized (lock) {
            boolean hasRoom = waiting.size() < MOST_WAITING;
            if (hasRoom) {
                waiting.addAll(lines);
            } else if (!isLosing) {
                LOG.error("audit.file: too many entries wait, further ones will be missing");
            }
            isLosing = !hasRoom;
            if (busy) {
                return;
            }
            busy = true;
        }
        write();
    }

    private void write() {
        worker.executeBlocking(this::drain).onComplete(this::written, this::bug);
    }

    private Appended drain() {
        List<String> lines;
        synchronized (lock) {
            lines = waiting.stream().limit(MOST_AT_ONCE).toList();
        }
        return lines.isEmpty() ? new Appended(0, Optional.empty()) : append.apply(lines);
    }

    private void written(Appended done) {
        done.failure().ifPresent(this::log);
        synchronized (lock) {
            for (int i = 0; i < done.lines(); i++) {
                waiting.remove();
            }
            isFailing = done.failure().isPresent();
            if (waiting.isEmpty() || (closed && isFailing)) {
                rest();
                return;
            }
            if (isFailing) {
                timer = vertx.setTimer(PAUSE_MILLIS, due -> again());
                return;
            }
        }
        write();
    }

    private void bug(Throwable failure) {
        LOG.error("audit.file: not written", failure);
        synchronized (lock) {
            rest();
        }
    }

    private void log(IOException failure) {
        if (!isFailing) {
            LOG.error("audit.file: not written, tried again: {}", failure.toString());
        }
    }

    private void again() {
        synchronized (lock) {
            timer = -1;
        }
        write();
    }

    private void rest() {
        busy = false;
        if (closed) {
            over.tryComplete();
        }
    }

    /** Writes what waits, if that works now. */
    public Future<Void> close() {
        boolean isToBeWritten;
        synchronized (lock) {
            closed = true;
            isToBeWritten = !busy || (timer >= 0 && vertx.cancelTimer(timer));
            busy = true;
        }
        if (isToBeWritten) {
            write();
        }
        return over.future().eventually(worker::close);
    }
}
