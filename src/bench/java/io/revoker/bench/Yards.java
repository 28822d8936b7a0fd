package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The servers that checks and introspections are held against. */
record Yards(List<Yard> checks, List<Yard> introspections, List<Runnable> ends) implements AutoCloseable {
    private static final String LUA = "nginx, Lua and a Redis GET";

    /**
     * One of them.
     *
     * @param processorTime that it has used
     */
    record Yard(String name, int port, Supplier<Duration> processorTime) {
        Yard(String name, JavaProcess server) {
            this(name, server.port(), server::processorTime);
        }
    }

    Yards() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** @param check the answer of the service to one, which they repeat; {@code introspection} likewise */
    static Yards start(Machine machine, HttpResponse<byte[]> check, HttpResponse<byte[]> introspection)
            throws IOException {
        Yards yards = new Yards();
        yards.checks.add(yards.plain(machine, check));
        yards.introspections.add(yards.plain(machine, introspection));
        return yards;
    }

    /** @param tokens that Redis is to have a key for */
    void add(Machine machine, Program program, Nginx.Constants constants, int tokens)
            throws IOException, InterruptedException {
        RedisServer redis = machine.redis(Persistence.NONE);
        ends.add(redis::close);
        new RedisConsole(machine.vertx(), redis.url()).writeKeys(tokens);
        Nginx nginx = Nginx.start(program, machine.work().resolve("nginx"), constants, redis.port());
        ends.add(nginx::close);
        Yard constant = new Yard("nginx, a constant", nginx.constantPort(), nginx::processorTime);
        checks.add(constant);
        introspections.add(constant);
        if (Nginx.hasLua()) {
            Yard lua = new Yard(LUA, nginx.luaPort(), nginx::processorTime);
            checks.add(lua);
            introspections.add(lua);
        }
    }

    /** The nginx that asks Redis for each check; absent unless it was added. */
    Optional<Yard> lua() {
        return checks.stream().filter(yard -> yard.name().equals(LUA)).findFirst();
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }

    private Yard plain(Machine machine, HttpResponse<byte[]> answer) throws IOException {
        JavaProcess plain = machine.plain(answer.body(), CheckRows.headers(answer));
        ends.add(plain::close);
        return new Yard("plain Vert.x server", plain);
    }
}
