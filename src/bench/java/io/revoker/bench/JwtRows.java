package io.revoker.bench;

import io.revoker.bench.JwtIssuer.Algorithm;
import io.revoker.bench.TokenSet.Form;
import io.revoker.bench.Yards.Yard;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Checks and introspections of unregistered JWTs, against those of registered tokens, which are opaque, and against a plain server and nginx; of JWTs
 * that are new each time, against the verifications of {@code openssl speed}; and checks over gRPC, against those over HTTP. All by turns, and the
 * medians count.
 */
record JwtRows(Machine machine, RedisServer redis, Sizes sizes, Report report) {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP = 5;

    /** Fewer than are remembered by default. */
    private static final int TOKENS = 10_000;

    private static final int NEW_TOKENS = 1000;
    private static final int BATCH = 100;

    void measure() throws IOException, InterruptedException {
        Map<Algorithm, JwtIssuer> issuers = issuers();
        Path realms = realms(issuers);
        int grpcPort = Ports.free();
        try (JavaProcess service = machine.service(
                        redis, List.of("--realms.file=" + realms, "--grpc.enabled=true", "--grpc.port=" + grpcPort));
                JavaProcess forgetful =
                        machine.service(redis, List.of("--realms.file=" + realms, "--realms.cached-verdicts=0"))) {
            remembered(service, grpcPort, issuers);
            verified(forgetful, issuers);
        }
    }

    private static Map<Algorithm, JwtIssuer> issuers() {
        Map<Algorithm, JwtIssuer> issuers = new EnumMap<>(Algorithm.class);
        try {
            for (Algorithm algorithm : Algorithm.values()) {
                issuers.put(algorithm, JwtIssuer.of(algorithm));
            }
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException(unknown);
        }
        return issuers;
    }

    private Path realms(Map<Algorithm, JwtIssuer> issuers) throws IOException {
        StringBuilder realms = new StringBuilder("realms:\n");
        for (JwtIssuer issuer : issuers.values()) {
            realms.append(issuer.realm(machine.work()));
        }
        return Files.writeString(machine.work().resolve("realms.yaml"), realms);
    }

    private void remembered(JavaProcess service, int grpcPort, Map<Algorithm, JwtIssuer> issuers)
            throws IOException, InterruptedException {
        TokenSet opaque = new TokenSet("opaque", Form.LONE, 5);
        new Filler(machine.vertx(), service.port()).fill(opaque, TOKENS);
        String[] registered = new String[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            registered[i] = opaque.access(i);
        }
        Api api = new Api(service.port());
        try (Yards yards = Yards.start(machine, api.check(registered[1]), api.introspect(registered[1]))) {
            addNginx(yards, api, registered[1]);
            Turns checks = new Turns();
            Turn ours = checks.add(http(new Yard("registered opaque token", service), JwtRows::check, registered));
            Map<Algorithm, String[]> tokens = tokens(service, issuers);
            Map<Algorithm, Turn> jwts = new EnumMap<>(Algorithm.class);
            tokens.forEach((algorithm, all) ->
                    jwts.put(algorithm, checks.add(http(new Yard(name(algorithm), service), JwtRows::check, all))));
            String[] jwt = Objects.requireNonNull(tokens.get(Algorithm.RS256));
            Turn grpcOpaque = checks.add(grpc("registered opaque token", service, grpcPort, registered));
            Turn grpcJwt = checks.add(grpc(name(Algorithm.RS256), service, grpcPort, jwt));
            List<Turn> others = new ArrayList<>();
            for (Yard yard : yards.checks()) {
                others.add(checks.add(http(yard, JwtRows::check, registered)));
            }
            checks.measure();
            Turn rs256 = Objects.requireNonNull(jwts.get(Algorithm.RS256));
            jwts.values().forEach(turn -> rows("check, " + turn.name(), turn, ours));
            rows("check over gRPC, registered opaque token", grpcOpaque, ours.named("over HTTP"));
            rows("check over gRPC, " + grpcJwt.name(), grpcJwt, rs256.named("over HTTP"));
            jwts.values().forEach(turn -> others.forEach(other -> rate("check, " + turn.name(), turn, other)));
            others.forEach(other -> rate("check over gRPC, " + grpcJwt.name(), grpcJwt, other));
            introspections(service, registered, tokens, yards.introspections());
        }
    }

    /** So many of each, of which each was verified once. */
    private Map<Algorithm, String[]> tokens(JavaProcess service, Map<Algorithm, JwtIssuer> issuers)
            throws InterruptedException {
        Map<Algorithm, String[]> tokens = new EnumMap<>(Algorithm.class);
        for (Map.Entry<Algorithm, JwtIssuer> issuer : issuers.entrySet()) {
            String[] all = issuer.getValue().tokens(TOKENS);
            new Load(machine.vertx(), service.port(), CONNECTIONS).once(all.length, i -> check(all[i]));
            tokens.put(issuer.getKey(), all);
        }
        return tokens;
    }

    private void introspections(
            JavaProcess service, String[] registered, Map<Algorithm, String[]> tokens, List<Yard> yards)
            throws IOException, InterruptedException {
        Turns turns = new Turns();
        Turn ours = turns.add(http(new Yard("registered opaque token", service), JwtRows::introspection, registered));
        List<Turn> jwts = new ArrayList<>();
        tokens.forEach((algorithm, all) ->
                jwts.add(turns.add(http(new Yard(name(algorithm), service), JwtRows::introspection, all))));
        List<Turn> others = new ArrayList<>();
        yards.forEach(yard -> others.add(turns.add(http(yard, JwtRows::introspection, registered))));
        turns.measure();
        others.forEach(other -> rate("introspect, registered opaque token", ours, other));
        jwts.forEach(turn -> rows("introspect, " + turn.name(), turn, ours));
        jwts.forEach(turn -> others.forEach(other -> rate("introspect, " + turn.name(), turn, other)));
    }

    private void addNginx(Yards yards, Api api, String token) throws IOException, InterruptedException {
        Optional<Program> nginx = Program.onPath("nginx");
        if (nginx.isPresent() && Nginx.hasLua()) {
            yards.add(
                    machine,
                    nginx.get(),
                    new Nginx.Constants(text(api.check(token)), text(api.introspect(token))),
                    TOKENS);
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** A service that remembers no verdict verifies each token each time. */
    private void verified(JavaProcess forgetful, Map<Algorithm, JwtIssuer> issuers)
            throws IOException, InterruptedException {
        Optional<Program> openssl = Program.onPath("openssl");
        Turns turns = new Turns();
        Map<Algorithm, Turn> news = new EnumMap<>(Algorithm.class);
        Map<Algorithm, Turn> batches = new EnumMap<>(Algorithm.class);
        for (Map.Entry<Algorithm, JwtIssuer> issuer : issuers.entrySet()) {
            String[] tokens = issuer.getValue().tokens(NEW_TOKENS);
            news.put(issuer.getKey(), turns.add(http(new Yard("new", forgetful), JwtRows::check, tokens)));
            batches.put(issuer.getKey(), turns.add(batches(forgetful, tokens)));
        }
        Map<Algorithm, Median> speeds = new EnumMap<>(Algorithm.class);
        turns.beside(() -> {
            if (openssl.isPresent()) {
                for (Algorithm algorithm : Algorithm.values()) {
                    speeds.computeIfAbsent(algorithm, none -> new Median())
                            .add(verifications(openssl.get(), algorithm));
                }
            }
        });
        turns.measure();
        news.forEach((algorithm, turn) -> verified("check, new JWT, " + algorithm, turn, 1, algorithm, speeds));
        batches.forEach((algorithm, turn) ->
                verified("batch checks of " + BATCH + ", new JWT, " + algorithm, turn, BATCH, algorithm, speeds));
    }

    /** @param each tokens of a request */
    private void verified(String measure, Turn turn, int each, Algorithm algorithm, Map<Algorithm, Median> speeds) {
        report.add(new Row(
                measure,
                "any",
                "a processor second",
                each * Rounds.MICROS / turn.processor().value(),
                "verifications, openssl speed " + algorithm.openssl(),
                speeds.getOrDefault(algorithm, new Median().with(Double.NaN)).value()));
    }

    private Turn batches(JavaProcess server, String[] tokens) {
        List<Buffer> requests = IntStream.range(0, tokens.length / BATCH)
                .mapToObj(i -> TokenSet.batchRequest(Arrays.stream(tokens, i * BATCH, (i + 1) * BATCH)))
                .toList();
        return turn(
                "new, in batches", server::processorTime, () -> load(server.port(), requests::get, requests.size()));
    }

    /** The last field of the last line. */
    private static double verifications(Program openssl, Algorithm algorithm) throws IOException, InterruptedException {
        String output = openssl.run(List.of("speed", "-seconds", "1", "-mr", algorithm.openssl()))
                .strip();
        return Double.parseDouble(output.substring(output.lastIndexOf(':') + 1));
    }

    private static String name(Algorithm algorithm) {
        return "remembered JWT, " + algorithm;
    }

    private void rows(String measure, Turn ours, Turn theirs) {
        rate(measure, ours, theirs);
        report.add(new Row(
                measure + ", server's processor time",
                "any",
                "µs/request",
                ours.processor().value(),
                theirs.name(),
                theirs.processor().value()));
    }

    private void rate(String measure, Turn ours, Turn theirs) {
        report.add(new Row(
                measure,
                "any",
                "requests/s",
                ours.rate().value(),
                theirs.name(),
                theirs.rate().value()));
    }

    private static Buffer check(String token) {
        return Buffer.buffer(
                "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    private static Buffer introspection(String token) {
        return Buffer.buffer("POST /oauth2/introspect HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + (token.length() + 6)
                + "\r\n\r\ntoken=" + token);
    }

    /** One of those that take turns: a second of load gives so many answers. */
    private record Turn(String name, Supplier<Duration> processorTime, Work work, Median rate, Median processor) {
        interface Work {
            double rate() throws InterruptedException;
        }

        Turn named(String other) {
            return new Turn(other, processorTime, work, rate, processor);
        }

        void measure(double seconds) throws InterruptedException {
            Duration before = processorTime.get();
            double answers = work.rate();
            rate.add(answers);
            double used = processorTime.get().minus(before).toNanos() / 1e9;
            processor.add(used * Rounds.MICROS / (answers * seconds));
        }
    }

    private Turn http(Yard server, Function<String, Buffer> form, String[] tokens) {
        return turn(
                server.name(),
                server.processorTime(),
                () -> load(server.port(), i -> form.apply(tokens[i]), tokens.length));
    }

    private Turn grpc(String name, JavaProcess server, int port, String[] tokens) {
        byte[][] messages = GrpcLoad.messages(tokens);
        return turn(
                name,
                server::processorTime,
                () -> new GrpcLoad(port, CONNECTIONS).during(sizes.round(), i -> messages[i], messages.length));
    }

    private static Turn turn(String name, Supplier<Duration> processorTime, Turn.Work work) {
        return new Turn(name, processorTime, work, new Median(), new Median());
    }

    private double load(int port, IntFunction<Buffer> request, int count) throws InterruptedException {
        return new Load(machine.vertx(), port, CONNECTIONS).during(sizes.round(), request, count);
    }

    /** Those that take turns. */
    private final class Turns {
        private final List<Turn> all = new ArrayList<>();
        private Beside beside = () -> {};

        interface Beside {
            void measure() throws IOException, InterruptedException;
        }

        Turn add(Turn turn) {
            all.add(turn);
            return turn;
        }

        /** Measured once a round. */
        void beside(Beside other) {
            beside = other;
        }

        void measure() throws IOException, InterruptedException {
            for (int i = 0; i < WARM_UP; i++) {
                for (Turn turn : all) {
                    turn.work().rate();
                }
            }
            for (int i = 0; i < sizes.rounds(); i++) {
                for (Turn turn : all) {
                    turn.measure((double) sizes.round().toSeconds());
                }
                beside.measure();
            }
        }
    }
}
