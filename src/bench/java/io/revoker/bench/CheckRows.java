package io.revoker.bench;

import io.revoker.bench.TokenSet.Form;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Check and introspection of active tokens, against a plain server that answers the same bytes, and checks of many at
 * once, against one by one: by turns, and the medians count.
 */
record CheckRows(Machine machine, RedisServer redis, Sizes sizes, Report report) {
    private static final int CONNECTIONS = 64;
    private static final int BATCH = 100;
    private static final int WARM_UP = 4;
    private static final double MEGABYTE = 1e6;

    void measure(JavaProcess service) throws IOException, InterruptedException {
        TokenSet tokens = new TokenSet("check", Form.LONE, 5);
        new Filler(machine.vertx(), service.port()).fill(tokens, sizes.checkTokens());
        report.condition("load generator of checks", generator(service).name());
        Api api = new Api(service.port());
        String sample = tokens.access(sizes.checkTokens() / 2);
        double single = compare("check", tokens.checkRequest(), service, api.check(sample));
        compare("introspect", tokens.introspectionRequest(), service, api.introspect(sample));
        batches(tokens, service, single);
        metrics(tokens.checkRequest());
    }

    /** Each round asks about every token once. */
    private void batches(TokenSet tokens, JavaProcess service, double single) throws InterruptedException {
        int batches = sizes.checkTokens() / BATCH;
        Load load = new Load(machine.vertx(), service.port(), CONNECTIONS);
        Median rate = new Median();
        for (int i = -WARM_UP; i < sizes.rounds(); i++) {
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

    /**
     * What the service's metrics cost it; of two that are equally young. It is less than a few rounds can tell from
     * chance.
     */
    private void metrics(Template request) throws IOException, InterruptedException {
        CheckRows longer = new CheckRows(machine, redis, sizes.withRounds(sizes.rounds() * 3), report);
        try (JavaProcess measured = machine.service(redis);
                JavaProcess unmeasured = machine.unmeasured(redis)) {
            longer.compare("check, with metrics", request, measured, new Rival("without metrics", unmeasured));
        }
    }

    /** What the service is compared with. */
    private record Rival(String name, JavaProcess server) {}

    private double compare(String measure, Template request, JavaProcess service, HttpResponse<byte[]> answer)
            throws IOException, InterruptedException {
        try (JavaProcess plain = machine.plain(answer.body(), headers(answer))) {
            return compare(measure, request, service, new Rival("plain Vert.x server", plain));
        }
    }

    /** Requests a second. */
    private double compare(String measure, Template request, JavaProcess service, Rival rival)
            throws IOException, InterruptedException {
        Rounds ours = new Rounds(service::processorTime, generator(service), request, sizes);
        Rounds theirs = new Rounds(rival.server()::processorTime, generator(rival.server()), request, sizes);
        ours.warmUp();
        theirs.warmUp();
        Median ofRedis = new Median();
        for (int i = 0; i < sizes.rounds(); i++) {
            Duration before = redis.processorTime();
            double answered = ours.measure();
            ofRedis.add(redis.processorTime().minus(before).toNanos() / 1e9 * Rounds.MICROS / answered);
            theirs.measure();
        }
        add(measure, "requests/s", ours.rate(), rival.name(), theirs.rate());
        add(measure + ", server's processor time", "µs/request", ours.processor(), rival.name(), theirs.processor());
        addRedis(measure, ofRedis, ours);
        addMemory(measure, service, rival);
        return ours.rate().value();
    }

    private void addRedis(String measure, Median used, Rounds ours) {
        report.add(new Row(
                measure + ", Redis' processor time",
                "any",
                "µs/request",
                used.value(),
                "the service's",
                ours.processor().value()));
    }

    private void addMemory(String measure, JavaProcess service, Rival rival) throws IOException {
        report.add(new Row(
                measure + ", resident memory",
                "any",
                "MB",
                service.residentBytes() / MEGABYTE,
                rival.name(),
                rival.server().residentBytes() / MEGABYTE));
    }

    private void add(String measure, String unit, Median ours, String rival, Median theirs) {
        report.add(new Row(measure, "any", unit, ours.value(), rival, theirs.value()));
    }

    private Generator generator(JavaProcess server) {
        return Program.onPath("wrk")
                .<Generator>map(wrk -> new Wrk(wrk, machine.work(), server.port(), CONNECTIONS))
                .orElseGet(() -> new Load(machine.vertx(), server.port(), CONNECTIONS));
    }

    /** What the plain server is to repeat; the length it says by itself. */
    static Map<String, String> headers(HttpResponse<byte[]> answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("content-length"));
        return headers;
    }
}
