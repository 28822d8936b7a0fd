package io.revoker.watch;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.MountedFiles;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchVerticleTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<FileStates> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger onWorkers = new AtomicInteger();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void tellsOfTheSwapOfAMountedDirectoryOnceAndOnAWorker() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("a.yaml", "one");
        watch(Set.of(file));
        until("first look", () -> told.size() == 1);

        mounted.put("a.yaml", "two");
        FileStates two = FileStates.of(Set.of(file));
        until("the change", () -> told.size() == 2);
        mounted.put("a.yaml", "three");
        until("the next", () -> told.size() == 3);

        assertThat(List.copyOf(told)).element(1).isEqualTo(two);
        assertThat(onWorkers).hasValue(3);
    }

    @Test
    void waitsUntilAFileStandsStill() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "on");
        WatchVerticle watch = new WatchVerticle(INTERVAL, Set.of(file), told::add);
        watch.look();
        Files.writeString(file, "one");
        watch.look();
        assertThat(told).isEmpty();

        watch.look();
        watch.look();

        assertThat(told).containsExactly(FileStates.of(Set.of(file)));
    }

    @Test
    void tellsAgainUntilWhoeverHearsOfItIsDoneWithIt() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "one");
        WatchVerticle watch = new WatchVerticle(INTERVAL, Set.of(file), now -> told.add(now) && told.size() == 3);

        for (int look = 0; look < 6; look++) {
            watch.look();
        }

        assertThat(told).hasSize(3).containsOnly(FileStates.of(Set.of(file)));
    }

    @Test
    void tellsOfAStateOnceMoreIfAnotherOneWasRefusedMeanwhile() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "good");
        FileStates good = FileStates.of(Set.of(file));
        WatchVerticle watch = new WatchVerticle(INTERVAL, Set.of(file), now -> told.add(now) && now.equals(good));
        watch.look();
        watch.look();
        Files.writeString(file, "bad");
        watch.look();
        watch.look();

        Files.writeString(file, "good");
        watch.look();
        watch.look();
        watch.look();

        assertThat(told).element(2).isEqualTo(good);
        assertThat(told).hasSize(3);
    }

    @Test
    void takesNoNewDateForAChange() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "one");
        MountedFiles mounted = MountedFiles.in(directory.resolve("mount"));
        Path file = mounted.put("a.yaml", "one");
        watch(Set.of(file, other));
        until("first look", () -> told.size() == 1);

        mounted.put("a.yaml", "one");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Files.writeString(other, "two");
        until("the change", () -> told.size() > 1);

        assertThat(told).hasSize(2);
        assertThat(told)
                .extracting(now -> now.of(file))
                .containsOnly(FileStates.of(Set.of(file)).of(file));
    }

    @Test
    void tellsThatAFileIsGoneAndThatItIsBack() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "one");
        watch(Set.of(file));
        until("first look", () -> told.size() == 1);

        Files.delete(file);
        until("gone", () -> told.size() == 2);
        Files.writeString(file, "one");
        until("back", () -> told.size() == 3);

        List<FileStates> all = List.copyOf(told);
        assertThat(all.get(1).of(file)).contains("absent");
        assertThat(all.get(2)).isEqualTo(all.get(0));
    }

    @Test
    void looksOnThoughOneTellingBroke() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "one");
        AtomicInteger calls = new AtomicInteger();
        get(vertx.deployVerticle(
                new WatchVerticle(INTERVAL, Set.of(file), now -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("the first one breaks");
                    }
                    return told.add(now);
                }),
                WatchVerticle.OPTIONS));
        until("broken", () -> calls.get() >= 1);

        Files.writeString(file, "two");
        FileStates two = FileStates.of(Set.of(file));

        until("told", () -> told.contains(two));
    }

    private void watch(Set<Path> files) {
        get(vertx.deployVerticle(
                new WatchVerticle(INTERVAL, files, now -> {
                    onWorkers.addAndGet(Context.isOnWorkerThread() ? 1 : 0);
                    return told.add(now);
                }),
                WatchVerticle.OPTIONS));
    }
}
