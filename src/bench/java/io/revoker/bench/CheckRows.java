package io.revoker.bench;

import io.revoker.bench.TokenSet.Form;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Check and introspection of active tokens, against a plain server that answers the same bytes, and checks of many at once, against one by one: by
 * turns, and the medians count.
 */
record CheckRows(Machine machine, Sizes sizes, Report report) {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int BATCH = 100;
    private static final double MICROS = 1e6;

    void measure(JavaProcess service) throws IOException, InterruptedException {
        TokenSet tokens = new TokenSet("check", Form.LONE, 5);
        new Filler(machine.vertx(), service.port()).fill(tokens, sizes.checkTokens());
        report.condition("load generator of checks", generator(service).name());
        Api api = new Api(service.port());
        String sample = tokens.access(sizes.checkTokens() / 2);
        double single = compare("check", tokens.checkRequest(), service, api.check(sample));
        compare("introspect", tokens.introspectionRequest(), service, api.introspect(sample));
        batches(tokens, service, single);
    }

    /** Each round asks about every token once. */
    private void batches(TokenSet tokens, JavaProcess service, double single) throws InterruptedException {
        int batches = sizes.checkTokens() / BATCH;
        Load load = new Load(machine.vertx(), service.port(), CONNECTIONS);
        Median rate = new Median();
        for (int i = -WARM_UP_ROUNDS; i < sizes.rounds(); i++) {
            double requests = load.once(batches, batch -> tokens.batchRequest(batch * BATCH, BATCH));
            if (i >= 0) {
                rate.add(requests * BATCH);
            }
        }
        report.add(new Row(
                "batch checks, " + BATCH + " tokens each",
                "any",
                "tokens/s",
                rate.value(),
                "check, one by one",
                single));
    }

    /** Requests a second. */
    private double compare(String measure, Template request, JavaProcess service, HttpResponse<byte[]> answer)
            throws IOException, InterruptedException {
        try (JavaProcess plain = machine.plain(answer.body(), headers(answer))) {
            Rounds ours = new Rounds(service, generator(service), request);
            Rounds theirs = new Rounds(plain, generator(plain), request);
            ours.warmUp();
            theirs.warmUp();
            for (int i = 0; i < sizes.rounds(); i++) {
                ours.measure();
                theirs.measure();
            }
            add(measure, "requests/s", ours.rate, theirs.rate);
            add(measure + ", server's processor time", "µs/request", ours.processor, theirs.processor);
            return ours.rate.value();
        }
    }

    private void add(String measure, String unit, Median ours, Median theirs) {
        report.add(new Row(measure, "any", unit, ours.value(), "plain Vert.x server", theirs.value()));
    }

    private Generator generator(JavaProcess server) {
        return Program.onPath("wrk")
                .<Generator>map(wrk -> new Wrk(wrk, machine.work(), server.port(), CONNECTIONS))
                .orElseGet(() -> new Load(machine.vertx(), server.port(), CONNECTIONS));
    }

    /** What the plain server is to repeat; the length it says by itself. */
    private static Map<String, String> headers(HttpResponse<byte[]> answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("content-length"));
        return headers;
    }

    /** The rounds of one server. */
    private final class Rounds {
        private final JavaProcess server;
        private final Generator generator;
        private final Template request;
        private final Median rate = new Median();
        private final Median processor = new Median();

        Rounds(JavaProcess server, Generator generator, Template request) {
            this.server = server;
            this.generator = generator;
            this.request = request;
        }

        void warmUp() throws IOException, InterruptedException {
            generator.during(sizes.round().multipliedBy(WARM_UP_ROUNDS), request, sizes.checkTokens());
        }

        void measure() throws IOException, InterruptedException {
            Duration before = server.processorTime();
            double requests = generator.during(sizes.round(), request, sizes.checkTokens());
            double used = server.processorTime().minus(before).toNanos() / 1e9;
            rate.add(requests);
            processor.add(used * MICROS / (requests * sizes.round().toSeconds()));
        }
    }
}
