package io.revoker.bench;

import io.revoker.bench.Yards.Yard;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks and introspections over more and more connections, and at a fixed rate, beside servers that do less for an answer. */
record EdgeRows(Subject subject, ScaleSizes sizes, Tools tools, Report report) {
    private static final List<Integer> CONNECTIONS = List.of(1, 32, 256, 2048);
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final int WARM_UP_ROUNDS = 10;

    /** @param tokens that are active */
    void measure(TokenSet tokens) throws IOException, InterruptedException {
        Api api = new Api(subject.service().port());
        HttpResponse<byte[]> check = api.check(tokens.access(1));
        HttpResponse<byte[]> introspection = api.introspect(tokens.access(1));
        try (Yards yards = Yards.start(subject.machine(), check, introspection)) {
            if (tools.nginx().isPresent()) {
                Nginx.Constants constants = new Nginx.Constants(text(check), text(introspection));
                yards.add(
                        subject.machine(),
                        tools.nginx().get(),
                        constants,
                        sizes.base().checkTokens());
            }
            compare("check", tokens.checkRequest(), yards.checks());
            compare("introspect", tokens.introspectionRequest(), yards.introspections());
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void compare(String measure, Template request, List<Yard> yards) throws IOException, InterruptedException {
        Map<String, Map<String, Double>> ours = figures(subject.service().port(), request);
        for (Yard yard : yards) {
            Map<String, Map<String, Double>> theirs = figures(yard.port(), request);
            ours.forEach((load, figures) -> figures.forEach((name, value) -> report.add(new Row(
                    measure + ", " + load + ", " + name,
                    load.endsWith("connections") ? "closed loop" : "open loop",
                    name.equals("rate") ? "requests/s" : "µs",
                    value,
                    yard.name(),
                    theirs.getOrDefault(load, Map.of()).getOrDefault(name, Double.NaN)))));
        }
    }

    /** By the load, then by their names. */
    private Map<String, Map<String, Double>> figures(int port, Template request)
            throws IOException, InterruptedException {
        Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
        closed(port, WARM_UP_CONNECTIONS, request, sizes.base().round().multipliedBy(WARM_UP_ROUNDS));
        for (int connections : CONNECTIONS) {
            Wrk.Seen seen =
                    closed(port, connections, request, sizes.base().round().plusSeconds(1));
            Map<String, Double> all = new LinkedHashMap<>(Map.of("rate", seen.rate()));
            all.putAll(seen.latency().named());
            figures.put(connections + " connections", all);
        }
        figures.put("%,d/s".formatted(sizes.rate()), open(port, request).named());
        return figures;
    }

    private Wrk.Seen closed(int port, int connections, Template request, Duration time)
            throws IOException, InterruptedException {
        return new Wrk(tools.wrk(), subject.machine().work(), port, connections)
                .watch(time, request, sizes.base().checkTokens());
    }

    private Latency open(int port, Template request) throws InterruptedException {
        int count = sizes.base().checkTokens();
        try (OpenLoop loop = OpenLoop.start(
                subject.machine().vertx(), port, number -> request.numbered(number % count), sizes.rate())) {
            Thread.sleep(sizes.base().round().toMillis());
            loop.lap();
            Thread.sleep(sizes.base().round().multipliedBy(2).toMillis());
            return Latency.of(loop.lap());
        }
    }
}
