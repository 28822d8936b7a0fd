package io.revoker.bench;

import io.revoker.bench.Yards.Yard;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks and introspections over more and more connections, and at a fixed rate, beside servers that do less for an
 * answer.
 */
record EdgeRows(Subject subject, ScaleSizes sizes, Tools tools, Report report) {
    private static final List<Integer> CONNECTIONS = List.of(1, 32, 256, 2048);
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final int WARM_UP_ROUNDS = 6;
    private static final int ROUNDS = 3;

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

    /** All of them by turns, and the medians count: the machine has better and worse moments. */
    private void compare(String measure, Template request, List<Yard> yards) throws IOException, InterruptedException {
        Yard service = new Yard("Revoker", subject.service());
        Figures ours = new Figures();
        Map<Yard, Figures> theirs = new LinkedHashMap<>();
        yards.forEach(yard -> theirs.put(yard, new Figures()));
        Map<Yard, Figures> all = new LinkedHashMap<>(theirs);
        all.put(service, ours);
        for (Yard yard : all.keySet()) {
            closed(
                    yard.port(),
                    WARM_UP_CONNECTIONS,
                    request,
                    sizes.base().round().multipliedBy(WARM_UP_ROUNDS));
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (Map.Entry<Yard, Figures> server : all.entrySet()) {
                measure(server.getKey().port(), request, server.getValue());
            }
        }
        theirs.forEach((yard, figures) -> add(measure, ours, yard.name(), figures));
    }

    private void add(String measure, Figures ours, String yard, Figures theirs) {
        ours.byKey()
                .forEach((key, value) -> report.add(new Row(
                        measure + ", " + key.load() + ", " + key.name(),
                        key.load().endsWith("connections") ? "closed loop" : "open loop",
                        key.name().equals("rate") ? "requests/s" : "µs",
                        value.value(),
                        yard,
                        theirs.value(key))));
    }

    /** The figures of one server. */
    private record Figures(Map<Key, Median> byKey) {
        /** @param load in words */
        record Key(String load, String name) {}

        Figures() {
            this(new LinkedHashMap<>());
        }

        void add(String load, String name, double figure) {
            byKey.computeIfAbsent(new Key(load, name), key -> new Median()).add(figure);
        }

        void add(String load, Latency latency) {
            latency.named().forEach((name, micros) -> add(load, name, micros));
        }

        double value(Key key) {
            return byKey.getOrDefault(key, new Median()).value();
        }
    }

    private void measure(int port, Template request, Figures figures) throws IOException, InterruptedException {
        for (int connections : CONNECTIONS) {
            Wrk.Seen seen = closed(port, connections, request, sizes.base().round());
            figures.add(connections + " connections", "rate", seen.rate());
            figures.add(connections + " connections", seen.latency());
        }
        figures.add("%,d/s".formatted(sizes.rate()), open(port, request));
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
