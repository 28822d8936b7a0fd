package io.revoker.bench;

import io.revoker.bench.TokenSet.Form;
import io.revoker.bench.Yards.Yard;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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

    void measure() throws IOException, InterruptedException {
        try (JavaProcess near = machine.service(redis, settings());
                JavaProcess without = machine.service(redis)) {
            TokenSet tokens = new TokenSet("near", Form.LONE, 5);
            new Filler(machine.vertx(), near.port()).fill(tokens, sizes.checkTokens());
            HttpResponse<byte[]> answer = new Api(near.port()).check(tokens.access(1));
            try (JavaProcess plain = machine.plain(answer.body(), CheckRows.headers(answer));
                    Yards yards = nginx()) {
                List<Yard> servers = new ArrayList<>(List.of(
                        new Yard("from memory", near),
                        new Yard("plain Vert.x server", plain),
                        new Yard("without answers from memory", without)));
                yards.lua().ifPresent(servers::add);
                for (int connections : CONNECTIONS) {
                    compare(tokens.checkRequest(), connections, servers);
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

    /** Each begins a turn as often as the others. The first one is held against each of them. */
    private void compare(Template request, int connections, List<Yard> servers)
            throws IOException, InterruptedException {
        List<Rounds> all = servers.stream()
                .map(server ->
                        new Rounds(server.processorTime(), generator(server.port(), connections), request, sizes))
                .toList();
        for (Rounds one : all) {
            one.warmUp();
        }
        for (int i = 0; i < sizes.rounds(); i++) {
            for (int j = 0; j < all.size(); j++) {
                all.get((i + j) % all.size()).measure();
            }
        }
        Rounds ours = all.get(0);
        String measure = "check " + servers.get(0).name() + ", " + connections + " connections";
        for (int i = 1; i < all.size(); i++) {
            String other = servers.get(i).name();
            Rounds theirs = all.get(i);
            add(measure, "requests/s", ours.rate(), other, theirs.rate());
            add(measure + ", server's processor time", "µs/request", ours.processor(), other, theirs.processor());
        }
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
