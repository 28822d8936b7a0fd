package io.revoker.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies entries to a file, or to standard output, in a thread of its own. The file is opened for each write, so it may
 * be moved away at any time. One instance serves all event loops.
 */
public final class AuditFile {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    private static final int MOST_WAITING = 100_000;
    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final WorkerExecutor worker;
    private final Optional<Path> path;
    private final OutputStream standard;
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean isLosing;

    /** @param path absent for standard output */
    public AuditFile(Vertx vertx, Optional<Path> path, OutputStream standard) {
        this.worker = vertx.createSharedWorkerExecutor("revoker-audit", 1);
        this.path = path;
        this.standard = standard;
    }

    /** Copies them soon. If the file can't be written, later; if too many wait, some are missing in it. */
    public void add(List<String> lines) {
        synchronized (waiting) {
            if (waiting.size() > MOST_WAITING) {
                if (!isLosing) {
                    LOG.error("audit.file: too many entries wait, further ones will be missing");
                }
                isLosing = true;
                return;
            }
            isLosing = false;
            waiting.addAll(lines);
        }
        write().onFailure(failure -> LOG.error("audit.file: not written, tried again: {}", failure.toString()));
    }

    private Future<Void> write() {
        return worker.executeBlocking(() -> {
            drain();
            return null;
        });
    }

    private void drain() throws IOException {
        List<String> lines;
        synchronized (waiting) {
            lines = List.copyOf(waiting);
        }
        if (lines.isEmpty()) {
            return;
        }
        append((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        synchronized (waiting) {
            lines.forEach(line -> waiting.remove());
        }
    }

    private void append(byte[] bytes) throws IOException {
        if (path.isEmpty()) {
            standard.write(bytes);
            standard.flush();
            return;
        }
        try (SeekableByteChannel file = Files.newByteChannel(path.get(), APPENDING, forItsOwner(path.get()))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
        }
    }

    private static FileAttribute<?>[] forItsOwner(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Writes what waits. */
    public Future<Void> close() {
        return write().eventually(worker::close);
    }
}
