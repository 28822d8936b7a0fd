package io.revoker.bench;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the benchmark asks of Redis itself. */
final class RedisConsole {
    private static final int TURNS = 20;
    private static final String LOOK_UPS = "for i = 1, 100000 do redis.call('EXISTS', 'none') end";

    private static final int KEYS_PER_SCRIPT = 10_000;
    private static final String WRITES = "for i = ARGV[1], ARGV[2] do redis.call('SET', "
            + "string.format('rv:t:%022.0f', i), string.format('lone/user-%.0f', i), 'EX', 3600) end";

    private final Redis redis;

    RedisConsole(Vertx vertx, String url) {
        this.redis = Redis.createClient(vertx, url);
    }

    /** A command in words, and its reply. */
    Response call(String... words) throws InterruptedException {
        return Await.result(redis.send(request(words)));
    }

    /** Commands in one write, and their replies. */
    List<Response> callAll(List<String[]> commands) throws InterruptedException {
        return commands.isEmpty()
                ? List.of()
                : Await.result(
                        redis.batch(commands.stream().map(RedisConsole::request).toList()));
    }

    void flush() throws InterruptedException {
        send(Request.cmd(Command.FLUSHALL).arg("SYNC"));
    }

    String version() throws InterruptedException {
        return info("redis_version:");
    }

    /**
     * Bytes in use, once Redis has come to rest. A table that grows is there twice until its entries have moved, and a look-up moves one of them: so
     * it is asked for a key that is not there until all of them have.
     */
    long usedMemory() throws InterruptedException {
        awaitRest();
        for (int i = 0; i < TURNS; i++) {
            send(Request.cmd(Command.EVAL).arg(LOOK_UPS).arg(0));
        }
        send(Request.cmd(Command.MEMORY).arg("PURGE"));
        return Long.parseLong(info("used_memory:"));
    }

    /** Waits for the end of a rewrite of the append-only file. */
    void awaitRest() throws InterruptedException {
        while (!info("aof_rewrite_in_progress:").equals("0")
                || !info("aof_rewrite_scheduled:").equals("0")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** The simplest way to keep tokens: of each one key of 27 bytes with an expiry, whose value says realm and user. */
    void writeKeys(int count) throws InterruptedException {
        for (int from = 0; from < count; from += KEYS_PER_SCRIPT) {
            int to = Math.min(count, from + KEYS_PER_SCRIPT) - 1;
            send(Request.cmd(Command.EVAL).arg(WRITES).arg(0).arg(from).arg(to));
        }
    }

    private static Request request(String... words) {
        Request request = Request.cmd(Command.create(words[0]));
        for (int i = 1; i < words.length; i++) {
            request.arg(words[i]);
        }
        return request;
    }

    private String info(String field) throws InterruptedException {
        return send(Request.cmd(Command.INFO).arg("all"))
                .lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()))
                .findFirst()
                .orElseThrow();
    }

    private String send(Request request) throws InterruptedException {
        return String.valueOf(Await.result(redis.send(request)));
    }
}
