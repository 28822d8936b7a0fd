package io.revoker.faults;

import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Faults by which Redis forgets what it acknowledged. They begin when both instances are ready: what both have read of the log both assert again, but one
 * that has just started knows only what Redis has.
 */
final class Amnesia {
    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

    private Amnesia() {}

    static Fault emptied() {
        return once("emptied", site -> {
            long from = System.nanoTime();
            tell(FailOvers.one(site), client -> client.call("FLUSHALL"));
            site.losses().everythingMayBeGone(from, System.nanoTime());
        });
    }

    static Fault startedEmpty() {
        return once("started without its files", site -> {
            RedisProcess server = FailOvers.one(site);
            long from = System.nanoTime();
            server.kill();
            server.deleteFiles();
            server.start();
            site.losses().everythingMayBeGone(from, System.nanoTime());
        });
    }

    /** Its files are put back to what they were at the beginning. */
    static Fault olderSnapshot() {
        AtomicLong from = new AtomicLong();
        AtomicReference<Path> copy = new AtomicReference<>();
        return lasting(
                "started from an older snapshot",
                site -> {
                    from.set(System.nanoTime());
                    copy.set(FailOvers.one(site).copyFiles());
                },
                site -> {
                    RedisProcess server = FailOvers.one(site);
                    long at = System.nanoTime();
                    server.kill();
                    server.restoreFiles(copy.get());
                    server.start();
                    site.losses().wentBack(from.get(), at, System.nanoTime());
                });
    }

    /** It has all the memory that it needs now, and evicts for whatever more it needs, whichever key. */
    static Fault evicting() {
        AtomicLong at = new AtomicLong();
        return lasting(
                "evicting",
                site -> {
                    at.set(System.nanoTime());
                    tell(FailOvers.one(site), client -> {
                        client.call("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
                        client.call("CONFIG", "SET", "maxmemory", used(client));
                    });
                },
                site -> {
                    tell(FailOvers.one(site), client -> {
                        client.call("CONFIG", "SET", "maxmemory", "0");
                        client.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
                    });
                    site.losses().everythingMayBeGone(at.get(), System.nanoTime());
                });
    }

    private static String used(RedisClient client) {
        Matcher memory = USED.matcher(client.call("INFO", "memory").toString());
        return memory.results().findFirst().orElseThrow().group(1);
    }

    private static void tell(RedisProcess server, Consumer<RedisClient> commands) {
        try (RedisClient client = server.client()) {
            commands.accept(client);
        }
    }

    private static Fault once(String kind, Consumer<Site> begin) {
        return lasting(kind, begin, site -> {});
    }

    private static Fault lasting(String kind, Consumer<Site> begin, Consumer<Site> end) {
        return new Fault(
                Fault.LOSS + kind,
                Fault.EVERYTHING,
                site -> {
                    site.instances().forEach(Instance::awaitReady);
                    begin.accept(site);
                },
                end);
    }
}
