package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Starts what is measured.
 *
 * @param redisServer path of the executable; empty for the embedded one
 * @param work directory for everything that is written
 */
record Machine(Vertx vertx, Path jar, String redisServer, Path work) {

    RedisServer redis(Persistence persistence) throws IOException {
        return RedisServer.start(redisServer, work.resolve("redis-" + persistence.name()), persistence);
    }

    /** The service as it is by default, on a Redis that is there already; only that a stall of the machine does not end the run. */
    JavaProcess service(RedisServer redis) throws IOException {
        return onRedis(redis.url(), List.of());
    }

    /** The same with more settings. */
    JavaProcess service(RedisServer redis, List<String> more) throws IOException {
        return service(redis, List.of(), more);
    }

    /** The same with options of its JVM. */
    JavaProcess service(RedisServer redis, List<String> options, List<String> more) throws IOException {
        List<String> settings = new ArrayList<>(more);
        settings.addAll(List.of("--redis.url=" + redis.url(), "--redis.call-timeout=30s"));
        return start(options, settings);
    }

    /** The same, and it keeps no metrics. */
    JavaProcess unmeasured(RedisServer redis) throws IOException {
        return service(List.of("--redis.url=" + redis.url(), "--redis.call-timeout=30s", "--management.metrics=false"));
    }

    JavaProcess service(Topology redis, List<String> more) throws IOException {
        return onRedis(redis.url(), more);
    }

    /** The service with a Redis of its own, on an empty directory. */
    JavaProcess service(Path data) throws IOException {
        return service(List.of("--redis.embedded.directory=" + data));
    }

    /** A server that answers every request with these bytes. */
    JavaProcess plain(byte[] body, Map<String, String> headers) throws IOException {
        return plain(List.of(), body, headers);
    }

    /** The same, and each request goes over the event bus to a verticle of its event loop. */
    JavaProcess plainWithHop(byte[] body, Map<String, String> headers) throws IOException {
        return plain(List.of("-D" + PlainServer.HOP + "=true"), body, headers);
    }

    /** The same as the first one with options of its JVM. */
    JavaProcess plain(List<String> options, byte[] body, Map<String, String> headers) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        arguments.addAll(List.of(PlainServer.class.getName(), "" + Ports.free()));
        arguments.add(Base64.getEncoder().encodeToString(body));
        headers.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return JavaProcess.start(arguments, log("plain"));
    }

    private JavaProcess onRedis(String url, List<String> more) throws IOException {
        List<String> settings = new ArrayList<>(more);
        settings.addAll(List.of("--redis.url=" + url, "--redis.call-timeout=30s", "--http.request-timeout=5m"));
        return service(settings);
    }

    private JavaProcess service(List<String> settings) throws IOException {
        return start(List.of(), settings);
    }

    private JavaProcess start(List<String> options, List<String> settings) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-jar", jar.toString(), "--http.port=" + Ports.free(), "--management.port=0"));
        arguments.addAll(settings);
        return JavaProcess.start(arguments, log("service"));
    }

    /** Each process has its own. */
    private Path log(String name) throws IOException {
        return Files.createTempFile(work, name + "-", ".log");
    }
}
