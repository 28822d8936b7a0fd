package io.revoker.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Appends lines to a file, which is opened for each call, so that it may be moved away at any time. A line that was
 * written in part is completed by the next call, or begun anew on a line of its own if something else has been written
 * since, or if this process is not the one that has left it. Used by one thread at a time.
 */
final class LineFile {
    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final byte FEED = '\n';

    private final Path path;
    private final Opening opening;

    /** Whether the last byte of the file may be something else than a line feed. */
    private boolean isDoubtful = true;

    /** Bytes of the next line that are in the file, when it had this size. */
    private int torn;

    private long tornSize;

    /** Opens a file to append to it. */
    interface Opening {
        WritableByteChannel open(Path path) throws IOException;
    }

    /**
     * What became of lines.
     *
     * @param lines how many of them were written
     * @param failure why the others were not
     */
    record Appended(int lines, Optional<IOException> failure) {}

    LineFile(Path path) {
        this(path, file -> Files.newByteChannel(file, APPENDING, forItsOwner(file)));
    }

    LineFile(Path path, Opening opening) {
        this.path = path;
        this.opening = opening;
    }

    private static FileAttribute<?>[] forItsOwner(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    Appended append(List<String> lines) {
        ByteBuffer rest = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(UTF_8));
        try (WritableByteChannel file = opening.open(path)) {
            if (isDoubtful) {
                goOn(rest, file);
            }
            write(rest, file);
            isDoubtful = false;
            torn = 0;
            return new Appended(lines.size(), Optional.empty());
        } catch (IOException e) {
            isDoubtful = true;
            return new Appended(notePosition(rest), Optional.of(e));
        }
    }

    private static void write(ByteBuffer rest, WritableByteChannel file) throws IOException {
        while (rest.hasRemaining()) {
            file.write(rest);
        }
    }

    private void goOn(ByteBuffer rest, WritableByteChannel file) throws IOException {
        long size = Files.isRegularFile(path) ? Files.size(path) : 0;
        if (torn > 0 && size == tornSize) {
            rest.position(torn);
            return;
        }
        torn = 0;
        if (size > 0 && last(size) != FEED) {
            write(ByteBuffer.wrap(new byte[] {FEED}), file);
        }
    }

    private byte last(long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        try (SeekableByteChannel file = Files.newByteChannel(path, StandardOpenOption.READ)) {
            file.position(size - 1).read(last);
        }
        return last.get(0);
    }

    /** How many lines are before the position. */
    private int notePosition(ByteBuffer rest) {
        int lines = 0;
        int begin = 0;
        for (int i = 0; i < rest.position(); i++) {
            if (rest.get(i) == FEED) {
                lines++;
                begin = i + 1;
            }
        }
        torn = rest.position() - begin;
        tornSize = size();
        return lines;
    }

    private long size() {
        try {
            return Files.size(path);
        } catch (IOException gone) {
            return -1;
        }
    }
}
