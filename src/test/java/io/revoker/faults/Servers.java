package io.revoker.faults;

import io.revoker.testing.FakeClock;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sentinel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Redis of an experiment. */
sealed interface Servers extends AutoCloseable {
    String url();

    /** What the service must demand of it so that nothing acknowledged is lost. */
    List<String> demands();

    @Override
    void close();

    /** One server. It survives a full disk because it does not force every write; what it has written survives its death all the same. */
    record One(RedisProcess server, Optional<FakeClock> clock) implements Servers {
        private static final String[] OPTIONS = {"--appendfsync", "everysec"};

        static One start() {
            return new One(
                    RedisProcess.start(RedisServers.executable(), RedisServers.directory(), OPTIONS), Optional.empty());
        }

        /** By a clock that can be set. */
        static One startWithClock() {
            FakeClock clock = FakeClock.create();
            return new One(
                    RedisProcess.start(RedisServers.executable(), RedisServers.directory(), clock, OPTIONS),
                    Optional.of(clock));
        }

        @Override
        public String url() {
            return server.url();
        }

        @Override
        public List<String> demands() {
            return List.of();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** A primary with a replica, and a sentinel that makes the one the other. */
    record Watched(RedisProcess primary, RedisProcess replica, Sentinel sentinel) implements Servers {
        /** More than a busy machine stands still. */
        private static final Duration GONE = Duration.ofSeconds(3);

        static Watched start() {
            RedisProcess primary = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
            RedisProcess replica = primary.startReplica(RedisServers.directory());
            return new Watched(primary, replica, Sentinel.start(RedisServers.directory(), primary.port(), GONE));
        }

        @Override
        public String url() {
            return sentinel.url();
        }

        @Override
        public List<String> demands() {
            return List.of("--redis.durability.replicas=1", "--redis.durability.replica-timeout=400ms");
        }

        @Override
        public void close() {
            sentinel.close();
            Stream.of(replica, primary).forEach(RedisProcess::close);
        }
    }

    /** Three primaries with a replica each. */
    record Sharded(RedisCluster cluster) implements Servers {
        static Sharded start() {
            return new Sharded(RedisCluster.start(3, 3));
        }

        @Override
        public String url() {
            return cluster.url();
        }

        @Override
        public List<String> demands() {
            return List.of("--redis.durability.replicas=1", "--redis.durability.replica-timeout=400ms");
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
