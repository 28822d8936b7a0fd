package io.revoker.bench;

import io.revoker.bench.TokenSet.Form;
import io.revoker.bench.Yards.Yard;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/**
 * Checks of active tokens that are answered from memory, over more and more connections, against a plain server that
 * answers the same bytes, against a service without such answers, and where it has its Lua module against nginx: by
 * turns, and the medians count.
 */
record NearRows(Machine machine, RedisServer redis, Sizes sizes, Report report) {
    private static final List<Integer> CONNECTIONS = List.of(32, 256, 2048);

    /** Each token has a few places, so that hardly any is displaced. */
    private static final int PLACES = 4;

    /** A server, and its name in the table. */
    private record Server(String name, JavaProcess process) {}

    void measure() throws IOException, InterruptedException {
        try (JavaProcess near = machine.service(redis, settings());
                JavaProcess without = machine.service(redis)) {
            TokenSet tokens = new TokenSet("near", Form.LONE, 5);
            new Filler(machine.vertx(), near.port()).fill(tokens, sizes.checkTokens());
            HttpResponse<byte[]> answer = new Api(near.port()).check(tokens.access(1));
            try (JavaProcess plain = machine.plain(answer.body(), CheckRows.headers(answer));
                    Yards yards = nginx()) {
                for (int connections : CONNECTIONS) {
                    compare(
                            tokens.checkRequest(),
                            connections,
                            new Server("from memory", near),
                            List.of(
                                    new Server("plain Vert.x server", plain),
                                    new Server("without answers from memory", without)),
                            yards.lua());
                }
            }
        }
    }

    private List<String> settings() {
        return List.of(
                "--check.near-cache.enabled=true",
                "--check.near-cache.size=" + Math.max(1000, PLACES * sizes.checkTokens()),
                "--http.max-connections=10000");
    }

    private Yards nginx() throws IOException, InterruptedException {
        Yards yards = new Yards();
        Optional<Program> nginx = Program.onPath("nginx");
        if (nginx.isPresent() && Nginx.hasLua()) {
            yards.add(machine, nginx.get(), new Nginx.Constants("", ""), sizes.checkTokens());
        }
        return yards;
    }

    private void compare(Template request, int connections, Server near, List<Server> others, Optional<Yard> nginx)
            throws IOException, InterruptedException {
        Rounds ours = rounds(near, connections, request);
        List<Rounds> theirs = others.stream()
                .map(other -> rounds(other, connections, request))
                .toList();
        Median lua = new Median();
        ours.warmUp();
        for (Rounds other : theirs) {
            other.warmUp();
        }
        for (int i = 0; i < sizes.rounds(); i++) {
            ours.measure();
            for (Rounds other : theirs) {
                other.measure();
            }
            if (nginx.isPresent()) {
                lua.add(generator(nginx.get().port(), connections).during(sizes.round(), request, sizes.checkTokens()));
            }
        }
        String measure = "check " + near.name() + ", " + connections + " connections";
        for (int i = 0; i < others.size(); i++) {
            String other = others.get(i).name();
            add(measure, "requests/s", ours.rate(), other, theirs.get(i).rate());
            add(
                    measure + ", server's processor time",
                    "µs/request",
                    ours.processor(),
                    other,
                    theirs.get(i).processor());
        }
        nginx.ifPresent(yard -> add(measure, "requests/s", ours.rate(), yard.name(), lua));
    }

    private Rounds rounds(Server server, int connections, Template request) {
        return new Rounds(server.process(), generator(server.process().port(), connections), request, sizes);
    }

    private Generator generator(int port, int connections) {
        return Program.onPath("wrk")
                .<Generator>map(wrk -> new Wrk(wrk, machine.work(), port, connections))
                .orElseGet(() -> new Load(machine.vertx(), port, connections));
    }

    private void add(String measure, String unit, Median ours, String other, Median theirs) {
        report.add(new Row(measure, "any", unit, ours.value(), other, theirs.value()));
    }
}
