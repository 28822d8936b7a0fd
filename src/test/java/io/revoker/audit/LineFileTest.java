package io.revoker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.audit.LineFile.Appended;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file after a line was written in part. */
class LineFileTest {
    @TempDir
    private Path directory;

    /** Bytes for which the disk has room. */
    private int room = Integer.MAX_VALUE;

    private LineFile file() {
        return new LineFile(
                path(),
                path -> new Disk(Files.newByteChannel(
                        path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)));
    }

    private Path path() {
        return directory.resolve("lines");
    }

    /** Takes as many bytes as there is room for, and then none. */
    private final class Disk implements WritableByteChannel {
        private final WritableByteChannel file;

        private Disk(WritableByteChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            int taken = Math.min(room, bytes.remaining());
            ByteBuffer some = bytes.slice(bytes.position(), taken);
            while (some.hasRemaining()) {
                file.write(some);
            }
            bytes.position(bytes.position() + taken);
            room -= taken;
            return taken;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Test
    void writesOnlyTheRestOfWhatTheDiskHadNoRoomFor() throws IOException {
        LineFile file = file();
        room = "größe\nsec".getBytes(StandardCharsets.UTF_8).length;

        Appended first = file.append(List.of("größe", "second", "third"));
        assertThat(first.lines()).isEqualTo(1);
        assertThat(first.failure()).isPresent();
        room = 1;
        assertThat(file.append(List.of("second", "third")).lines()).isZero();
        room = Integer.MAX_VALUE;

        assertThat(file.append(List.of("second", "third"))).isEqualTo(new Appended(2, Optional.empty()));
        assertThat(Files.readAllLines(path())).containsExactly("größe", "second", "third");
    }

    @Test
    void beginsALineAnewInAnotherFile() throws IOException {
        LineFile file = file();
        room = 2;
        file.append(List.of("first"));
        room = Integer.MAX_VALUE;
        Files.move(path(), directory.resolve("moved"));

        file.append(List.of("first"));

        assertThat(Files.readAllLines(path())).containsExactly("first");
    }

    @Test
    void beginsALineAnewIfSomethingElseWasWrittenSince() throws IOException {
        LineFile file = file();
        room = 2;
        file.append(List.of("first"));
        room = Integer.MAX_VALUE;
        Files.writeString(path(), "else", StandardOpenOption.APPEND);

        file.append(List.of("first"));

        assertThat(Files.readAllLines(path())).containsExactly("fielse", "first");
    }

    @Test
    void joinsNothingToALineThatAnotherProcessHasLeftInPart() throws IOException {
        Files.writeString(path(), "whole\nto");

        LineFile file = file();
        file.append(List.of("first"));
        file.append(List.of("second"));

        assertThat(Files.readAllLines(path())).containsExactly("whole", "to", "first", "second");
    }
}
