package io.revoker.client.view;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * A view on the disk: the compact form of a snapshot, and a checksum (CRC-32C, 4 bytes). A file is replaced as a whole,
 * and only its owner may read it.
 */
final class StateFile {
    private static final int TOGETHER = 1 << 16;
    private static final String UNFINISHED = ".new";

    private final Path path;

    StateFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * A view as of a stamp.
     *
     * @param stamp everything up to it is known
     */
    record State(Known known, long stamp) {}

    /** Reads it; empty if there is none. */
    Optional<State> read(int most) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        SnapshotReader reader = new SnapshotReader(most);
        CRC32C sum = new CRC32C();
        try (FileChannel file = FileChannel.open(path)) {
            long left = file.size() - Integer.BYTES;
            ByteBuffer some = ByteBuffer.allocate(TOGETHER);
            while (left > 0) {
                fill(some.clear().limit((int) Math.min(left, TOGETHER)), file);
                left -= some.limit();
                sum.update(some.duplicate());
                reader.read(some);
            }
            fill(some.clear().limit(Integer.BYTES), file);
            if (some.getInt() != (int) sum.getValue()) {
                throw new IOException("state file: damaged (expected: the checksum of its bytes)");
            }
        }
        return Optional.of(new State(reader.known(), reader.stamp()));
    }

    private static void fill(ByteBuffer bytes, FileChannel file) throws IOException {
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new IOException("state file: too short (expected: a whole one)");
            }
        }
        bytes.flip();
    }

    /** Writes it. What comes while it writes is part of it, or not. */
    void write(State state) throws IOException {
        removeUnfinished();
        // On POSIX systems a temporary file is made with the mode 0600.
        Path fresh = Files.createTempFile(path.resolveSibling("."), path.getFileName() + ".", UNFINISHED);
        try {
            try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                new Writing(file).write(Contents.of(state.known()), state);
                file.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** A program that was killed while it wrote has left one, which may be large. */
    private void removeUnfinished() {
        Pattern ours = Pattern.compile(Pattern.quote(path.getFileName() + ".") + "\\d+" + Pattern.quote(UNFINISHED));
        DirectoryStream.Filter<Path> matching =
                file -> ours.matcher(file.getFileName().toString()).matches();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(path.resolveSibling("."), matching)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It stays there, and takes room. If nothing can be written here, that is told.
        }
    }

    /**
     * All that a view knows, counted, to be written.
     *
     * @param marks hashes and values in turn
     * @param locks hashes and ends in turn
     * @param tokens hashes, in their order without sign
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Contents(long[] marks, long[] locks, long[] tokens) {

        static Contents of(Known known) {
            LongStream.Builder marks = LongStream.builder();
            LongStream.Builder locks = LongStream.builder();
            LongStream.Builder tokens = LongStream.builder();
            known.forEach(new Known.Visitor() {
                @Override
                public void token(long hash) {
                    tokens.add(hash ^ Long.MIN_VALUE);
                }

                @Override
                public void mark(long hash, long value) {
                    marks.add(hash).add(value);
                }

                @Override
                public void lock(long hash, long until) {
                    locks.add(hash).add(until);
                }
            });
            return new Contents(
                    marks.build().toArray(),
                    locks.build().toArray(),
                    tokens.build().sorted().map(hash -> hash ^ Long.MIN_VALUE).toArray());
        }
    }

    /** A file while it is written. */
    private static final class Writing {
        private final FileChannel file;
        private final CRC32C sum = new CRC32C();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(TOGETHER);
        private final DataOutputStream out = new DataOutputStream(bytes);

        Writing(FileChannel file) {
            this.file = file;
        }

        void write(Contents contents, State state) throws IOException {
            out.writeInt(SnapshotReader.MAGIC);
            out.writeByte(SnapshotReader.VERSION);
            out.writeByte(Long.BYTES);
            out.writeShort(0);
            out.writeLong(state.stamp());
            out.writeLong(state.known().since());
            out.writeInt(contents.marks().length / 2);
            out.writeInt(contents.locks().length / 2);
            out.writeLong(contents.tokens().length);
            write(contents.marks());
            write(contents.locks());
            write(differences(contents.tokens()));
            flush();
            out.writeInt((int) sum.getValue());
            flush();
        }

        private static long[] differences(long[] sorted) {
            for (int i = sorted.length - 1; i > 0; i--) {
                sorted[i] -= sorted[i - 1];
            }
            return sorted;
        }

        private void write(long[] numbers) throws IOException {
            for (long number : numbers) {
                out.writeLong(number);
                if (bytes.size() >= TOGETHER) {
                    flush();
                }
            }
        }

        private void flush() throws IOException {
            ByteBuffer some = ByteBuffer.wrap(bytes.toByteArray());
            bytes.reset();
            sum.update(some.duplicate());
            while (some.hasRemaining()) {
                file.write(some);
            }
        }
    }
}
