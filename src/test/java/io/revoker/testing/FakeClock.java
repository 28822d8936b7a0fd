package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The clock of a process that tests can set while it runs: by libfaketime, which has to be installed. */
public final class FakeClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final PathMatcher LIBRARY =
            FileSystems.getDefault().getPathMatcher("glob:/usr/lib/*/faketime/libfaketime.so.1");
    private static final int DEPTH = 3;

    private final Path library;
    private final Path offset;

    private FakeClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** One that is right. */
    public static FakeClock create() {
        FakeClock clock = new FakeClock(library(), RedisServers.directory().resolve("offset"));
        clock.set(Duration.ZERO);
        return clock;
    }

    private static Path library() {
        try (Stream<Path> files = Files.find(LIBRARIES, DEPTH, (path, facts) -> LIBRARY.matches(path))) {
            return files.findFirst().orElseThrow(() -> new IllegalStateException("libfaketime is not installed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the start of the process. The allocator that many a redis-server is linked with asks for the time before there is one: the C library's comes first. */
    Map<String, String> environment() {
        Path libc = library.getParent().resolveSibling("libc.so.6");
        return Map.of(
                "LD_PRELOAD",
                library + " " + libc,
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    /** From now on it is ahead of the machine's clock, or behind it. */
    public void set(Duration ahead) {
        try {
            Path next = Files.writeString(offset.resolveSibling("next"), String.format("%+d%n", ahead.toSeconds()));
            Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
