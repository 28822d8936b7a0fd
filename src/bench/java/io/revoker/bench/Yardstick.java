package io.revoker.bench;

import io.vertx.core.Vertx;
import java.io.IOException;

/** How fast the same Redis takes plain SETs from a client that does nothing else. */
interface Yardstick {

    /** What it is, for the table. */
    String name();

    /** SETs a second. */
    double setsPerSecond(Shape shape) throws IOException, InterruptedException;

    /**
     * How they are sent.
     *
     * @param keys of so many at random; 1 for one and the same
     */
    record Shape(int connections, int pipeline, int keys, int count) {
        /** As redis-benchmark does by itself: one key. */
        static Shape hot(int count) {
            return new Shape(50, 128, 1, count);
        }

        static Shape spread(int count) {
            return new Shape(50, 128, count, count);
        }

        static Shape oneByOne(int connections, int count) {
            return new Shape(connections, 1, count, count);
        }

        String words() {
            return "SET -P " + pipeline + " -c " + connections + (keys > 1 ? " -r " + keys : "");
        }
    }

    /** redis-benchmark if it is on the path, else pipelined SETs of our own. */
    static Yardstick of(Vertx vertx, int redisPort) {
        return Program.onPath("redis-benchmark")
                .<Yardstick>map(program -> new RedisBenchmark(program, redisPort, RedisBenchmark.Servers.ONE))
                .orElseGet(() -> new PipelinedSets(vertx, redisPort));
    }
}
