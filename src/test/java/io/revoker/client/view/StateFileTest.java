package io.revoker.client.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private final long seed = System.nanoTime();

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve("view");
    }

    private Known some(int tokens) {
        Random random = new Random(seed);
        Known known = new Known(42, 0, 0, 0);
        for (int i = 0; i < tokens; i++) {
            known.token(random.nextLong());
        }
        for (int i = 0; i < tokens / 10; i++) {
            known.mark(random.nextLong(), 1 + random.nextInt(1000));
            known.lock(random.nextLong(), 1 + random.nextInt(1000));
        }
        known.lock(5, 6);
        known.unlock(5);
        return known;
    }

    private static List<String> words(Known known) {
        List<String> all = new ArrayList<>();
        known.forEach(new Known.Visitor() {
            @Override
            public void token(long hash) {
                all.add("token " + hash);
            }

            @Override
            public void mark(long hash, long value) {
                all.add("mark " + hash + ' ' + value);
            }

            @Override
            public void lock(long hash, long until) {
                all.add("lock " + hash + ' ' + until);
            }
        });
        return all.stream().sorted().toList();
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        StateFile file = new StateFile(path());
        assertThat(file.read(10)).isEmpty();
        for (int tokens : List.of(0, 1, 2, 30_000)) {
            Known known = some(tokens);

            file.write(new StateFile.State(known, 77));

            StateFile.State read = file.read(100_000).orElseThrow();
            assertThat(read.stamp()).isEqualTo(77);
            assertThat(read.known().since()).isEqualTo(42);
            assertThat(words(read.known())).as("seed %s", seed).isEqualTo(words(known));
        }
    }

    @Test
    void belongsToItsOwnerAndLeavesNoOther() throws IOException {
        new StateFile(path()).write(new StateFile.State(some(10), 1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(path());
        }
    }

    /** A program that was killed again and again would fill the disk. */
    @Test
    void leavesNothingOfAProgramThatWasKilledWhileItWrote() throws IOException {
        Path other = Files.createFile(directory.resolve("view.2.17.new"));
        Files.createFile(directory.resolve("view.17.new"));
        Files.createFile(directory.resolve("view.4711.new"));

        new StateFile(path()).write(new StateFile.State(some(10), 1));

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(path(), other);
        }
    }

    @Test
    void isRefusedIfAnyByteIsAnotherOrMissing() throws IOException {
        StateFile file = new StateFile(path());
        file.write(new StateFile.State(some(20), 1));
        byte[] good = Files.readAllBytes(path());
        for (int i = 0; i < good.length; i++) {
            byte[] other = good.clone();
            other[i] ^= 4;
            assertDamaged(file, other);
            assertDamaged(file, ByteBuffer.allocate(i).put(good, 0, i).array());
        }
    }

    private void assertDamaged(StateFile file, byte[] bytes) throws IOException {
        Files.write(path(), bytes);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.read(1000));
    }

    @Test
    void isRefusedIfItHasMoreThanThereIsRoomFor() throws IOException {
        StateFile file = new StateFile(path());
        file.write(new StateFile.State(some(100), 1));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> file.read(99))
                .withMessageContaining("more entries than the view may have (expected: at most 99)");
    }
}
