package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The same by the Vert.x client, where redis-benchmark is missing: on every connection one batch after the other. */
record PipelinedSets(Vertx vertx, int port) implements Yardstick {

    @Override
    public String name() {
        return "own pipelined SETs (redis-benchmark is not on the PATH)";
    }

    @Override
    public double setsPerSecond(Shape shape) throws InterruptedException {
        List<Redis> clients = IntStream.range(0, shape.connections())
                .mapToObj(i -> Redis.createClient(vertx, "redis://127.0.0.1:" + port))
                .toList();
        List<Future<RedisConnection>> connections =
                clients.stream().map(Redis::connect).toList();
        Await.result(Future.all(connections));
        AtomicInteger left = new AtomicInteger(shape.count());
        long began = System.nanoTime();
        Await.result(Future.all(connections.stream()
                .map(connection -> new Sender(connection.result(), shape, left).run())
                .toList()));
        double rate = shape.count() * 1e9 / (System.nanoTime() - began);
        Await.result(Future.all(clients.stream().map(Redis::close).toList()));
        return rate;
    }

    private record Sender(RedisConnection connection, Shape shape, AtomicInteger left, Promise<Void> done) {
        Sender(RedisConnection connection, Shape shape, AtomicInteger left) {
            this(connection, shape, left, Promise.promise());
        }

        Future<Void> run() {
            next();
            return done.future();
        }

        private void next() {
            if (left.getAndAdd(-shape.pipeline()) <= 0) {
                done.complete();
                return;
            }
            List<Request> batch = IntStream.range(0, shape.pipeline())
                    .mapToObj(i -> Request.cmd(Command.SET).arg(key()).arg("xxx"))
                    .toList();
            connection.batch(batch).onSuccess(replies -> next()).onFailure(done::tryFail);
        }

        private String key() {
            return "key:" + ThreadLocalRandom.current().nextInt(shape.keys());
        }
    }
}
