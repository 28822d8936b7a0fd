package io.revoker.jwt;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.jwt.keys.KeyPlace;
import io.revoker.jwt.keys.KeySource;
import io.revoker.net.HttpTarget.Rule;
import io.revoker.testing.Certificate;
import io.revoker.testing.Issuer;
import io.revoker.testing.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of a server, however it behaves. */
class WebKeysTest {
    private static final Issuer OURS = Issuer.named("https://login.example");
    private static final Issuer ROTATED = Issuer.named("https://login.example");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Handler<HttpServerRequest> behaviour = answering(OURS.jwks());
    private HttpServer server;
    private Verifying verifying;

    @BeforeEach
    void start() {
        server = get(server(new HttpServerOptions()));
        verifying = Verifying.in(directory, HOUR);
    }

    @AfterEach
    void stop() {
        verifying.close();
        get(vertx.close());
    }

    private Future<HttpServer> server(HttpServerOptions options) {
        return vertx.createHttpServer(options)
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    behaviour.handle(request);
                })
                .listen(0, "127.0.0.1");
    }

    @Test
    void fetchesTheKeysOnce() {
        behaviour =
                request -> request.response().end(request.uri().equals("/realms/corp?kind=a%20b") ? OURS.jwks() : "{}");
        verifying.with(realm(url("/realms/corp?kind=a%20b")));

        assertThat(verifying.verify(OURS.accessToken("RS256", ""))).isInstanceOf(Finding.Verified.class);
        assertThat(verifying.verify(OURS.accessToken("EdDSA", ""))).isInstanceOf(Finding.Verified.class);
        assertThat(requests).hasValue(1);
        assertThat(verifying
                        .meters
                        .get("revoker.jwt.keys.fetched")
                        .tag("realm", "corp")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(verifying
                        .meters
                        .get("revoker.jwt.keys.age")
                        .tag("realm", "corp")
                        .gauge()
                        .value())
                .isBetween(-1.0, 60.0);
    }

    @Test
    void waitsForTheFirstKeysAndFetchesThemOnceForAll() {
        Handler<HttpServerRequest> late = answering(OURS.jwks());
        behaviour = request -> vertx.setTimer(100, over -> late.handle(request));
        verifying.replace(realm(url("/")));

        Stream<Future<Finding>> all =
                IntStream.range(0, 50).mapToObj(i -> verifying.ask(OURS.accessToken("ES256", ""))).toList().stream();

        assertThat(all).allSatisfy(finding -> assertThat(get(finding)).isInstanceOf(Finding.Verified.class));
        assertThat(requests).hasValue(1);
    }

    @Test
    void fetchesAgainForAKeyThatItDoesNotKnowButNotAllTheTime() {
        verifying.close();
        verifying = Verifying.in(directory, Duration.ofMillis(1));
        verifying.with(realm(url("/")));
        behaviour = answering("{\"keys\":[" + renamed(ROTATED) + "]}");
        String rotated = signedBy(ROTATED, "next");

        assertThat(verifying.verify(rotated)).isInstanceOf(Finding.Verified.class);
        assertThat(verifying.verify(OURS.accessToken("RS256", "")))
                .as("withdrawn")
                .isEqualTo(Finding.REFUSED);
    }

    @Test
    void refusesUnknownKeysWithoutAskingEachTime() {
        verifying.with(realm(url("/")));

        for (int i = 0; i < 100; i++) {
            assertThat(verifying.verify(signedBy(ROTATED, "kid-" + i))).isEqualTo(Finding.REFUSED);
        }

        assertThat(requests).hasValue(1);
    }

    @Test
    void asksNotEachTimeWhileTheServerFails() {
        behaviour = request -> request.response().setStatusCode(500).end();
        verifying.with(realm(url("/")));

        for (int i = 0; i < 100; i++) {
            assertThat(problem(verifying.ask(signedBy(ROTATED, "kid-" + i))).kind())
                    .isEqualTo(Problem.Kind.UNAVAILABLE);
        }

        assertThat(requests).hasValue(1);
    }

    @Test
    void keepsTheLastGoodKeys() {
        verifying.with(realm(url("/")));
        String known = OURS.accessToken("RS256", "");
        assertThat(verifying.verify(known)).isInstanceOf(Finding.Verified.class);
        behaviour = request -> request.response().setStatusCode(500).end("no");
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            verifying.refresh();

            assertThat(log.lines())
                    .contains("WARN io.revoker.jwt.keys.RealmKeys keys not fetched realm=corp kept=the last"
                            + " good ones cause=status 500 (expected: 200)");
        }
        assertThat(verifying.verify(known)).isInstanceOf(Finding.Verified.class);
        assertThat(verifying.verify(OURS.accessToken("ES256", ""))).isInstanceOf(Finding.Verified.class);
        assertThat(problem(verifying.ask(signedBy(ROTATED, "next"))).kind())
                .as("it may be the next key")
                .isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(verifying.counted("remembered")).isEqualTo(1);
        assertThat(verifying.meters.get("revoker.jwt.keys.fetched").gauge().value())
                .isZero();
        assertThat(verifying.fetches("failed")).isEqualTo(1);
    }

    /** Nothing says that the issuer can be reached at the moment at which a rule is changed. */
    @Test
    void keepsTheKeysWhereOnlyRulesChange() {
        verifying.with(realm(url("/")));
        behaviour = request -> request.response().setStatusCode(500).end();

        String orders = OURS.accessToken("RS256", "");
        verifying.replace(realm(url("/")).replace("issuer:", "audience: [billing], issuer:"));
        assertThat(verifying.verify(orders)).isEqualTo(Finding.REFUSED);

        verifying.replace(realm(url("/")).replace("issuer:", "audience: [orders], issuer:"));
        assertThat(verifying.verify(orders)).isInstanceOf(Finding.Verified.class);
    }

    @Test
    void verifiesOnceTheKeysCanBeFetched() {
        verifying.close();
        verifying = Verifying.in(directory, Duration.ofMillis(1));
        behaviour = request -> request.response().setStatusCode(404).end();
        verifying.with(realm(url("/")));
        String token = OURS.accessToken("RS256", "");
        assertThat(problem(verifying.ask(token)).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);

        behaviour = answering(OURS.jwks());

        until("it is verified", () -> {
            Future<Finding> finding = verifying.ask(token);
            until("an answer", finding::isComplete);
            return finding.succeeded() && finding.result() instanceof Finding.Verified;
        });
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                misbehaviour("hangs", "no answer in time", request -> {}),
                misbehaviour(
                        "stops in the middle",
                        "no answer in time",
                        request -> request.response().setChunked(true).write("{\"keys\":")),
                misbehaviour(
                        "ends too early",
                        "",
                        request -> request.response()
                                .putHeader("Content-Length", "1000")
                                .write("{\"keys\":")
                                .onComplete(written -> request.connection().close())),
                misbehaviour("closes", "", request -> request.connection().close()),
                misbehaviour(
                        "is huge",
                        "too long (expected: at most 262144 bytes)",
                        request -> request.response().end(" ".repeat(1 << 20))),
                misbehaviour(
                        "has ten thousand keys",
                        "too long (expected: at most 262144 bytes)",
                        request -> request.response().end(copies(10_000))),
                misbehaviour(
                        "has one key too many",
                        "65 keys (expected: a JWK set of at most 262144 bytes and 64 keys",
                        request -> request.response().end(copies(65))),
                misbehaviour(
                        "is a page",
                        "not a JWK set",
                        request -> request.response().end("<html>")),
                misbehaviour(
                        "has no content",
                        "status 204",
                        request -> request.response().setStatusCode(204).end()),
                misbehaviour(
                        "has nothing new",
                        "status 304",
                        request -> request.response().setStatusCode(304).end()),
                misbehaviour(
                        "leads to another host",
                        "status 302",
                        request -> request.response()
                                .setStatusCode(302)
                                .putHeader(
                                        "Location",
                                        "http://localhost:"
                                                + request.localAddress().port() + "/")
                                .end()),
                misbehaviour(
                        "leads to another port",
                        "status 307",
                        request -> request.response()
                                .setStatusCode(307)
                                .putHeader("Location", "http://127.0.0.1:1/")
                                .end()),
                misbehaviour(
                        "leads to another scheme",
                        "status 301",
                        request -> request.response()
                                .setStatusCode(301)
                                .putHeader("Location", "file:///etc/passwd")
                                .end()),
                misbehaviour(
                        "leads nowhere",
                        "status 301",
                        request -> request.response().setStatusCode(301).end()),
                misbehaviour(
                        "leads in a circle",
                        "status 302",
                        request -> request.response()
                                .setStatusCode(302)
                                .putHeader("Location", "/again")
                                .end()));
    }

    /** A set with so many keys. */
    private static String copies(int count) {
        String key = OURS.keys().get(1).toPublicJWK().toJSONString();
        return "{\"keys\":[" + String.join(",", Collections.nCopies(count, key)) + "]}";
    }

    /** As if it had none: what was known stays. */
    @Test
    void keepsTheLastGoodKeysIfThereAreTenThousand() {
        verifying.with(realm(url("/")));
        assertThat(verifying.verify(OURS.accessToken("RS256", ""))).isInstanceOf(Finding.Verified.class);
        behaviour = answering(copies(10_000));

        verifying.refresh();

        assertThat(verifying.fetches("failed")).isEqualTo(1);
        assertThat(verifying.verify(OURS.accessToken("ES256", ""))).isInstanceOf(Finding.Verified.class);
    }

    private static Arguments misbehaviour(String name, String cause, Handler<HttpServerRequest> behaviour) {
        return Arguments.of(name, cause, behaviour);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void canSayNothingIfTheServer(String name, String cause, Handler<HttpServerRequest> misbehaviour) {
        behaviour = misbehaviour;
        try (LogCapture log = LogCapture.open(Level.WARN)) {
            verifying.with(realm(url("/")));

            assertThat(problem(verifying.ask(OURS.accessToken("RS256", ""))).kind())
                    .isEqualTo(Problem.Kind.UNAVAILABLE);
            assertThat(log.lines())
                    .anyMatch(line ->
                            line.contains("keys not fetched realm=corp kept=none") && line.contains("cause=" + cause));
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    /** A fetch that is under way then ends later. */
    @Test
    void measuresNoFetchOfARealmThatIsGone() {
        behaviour = request -> {};
        verifying.replace(realm(url("/")));
        until("asked", () -> requests.get() >= 1);

        verifying.replace("realms: {other: {issuer: 'https://other.example', jwks: '" + url("/")
                + "', allow-private-addresses: true}}");

        until(
                "over, that of the other one, too",
                () -> verifying
                                .meters
                                .find("revoker.jwt.key.fetches")
                                .tag("realm", "other")
                                .counter()
                        != null);
        assertThat(verifying.meters.getMeters())
                .noneMatch(meter -> Objects.equals(meter.getId().getTag("realm"), "corp"));
    }

    /** Else a server could keep as many of them as there are fetches. */
    @Test
    void closesTheConnectionOfAFetchThatIsOver() {
        AtomicInteger open = new AtomicInteger();
        behaviour = request -> {
            open.incrementAndGet();
            request.connection().closeHandler(closed -> open.decrementAndGet());
            request.response().setChunked(true);
            vertx.setPeriodic(20, again -> request.response().write(" "));
        };
        verifying.with(realm(url("/")));

        assertThat(verifying.fetches("failed")).isEqualTo(1);
        until("closed", () -> open.get() == 0);
    }

    @Test
    void followsARedirectionOnTheSameHost() {
        Handler<HttpServerRequest> keys = answering(OURS.jwks());
        behaviour = request -> {
            if (request.path().equals("/keys/v2")) {
                keys.handle(request);
            } else {
                request.response()
                        .setStatusCode(308)
                        .putHeader("Location", "v2")
                        .end("moved");
            }
        };
        verifying.with(realm(url("/keys/v1")));

        assertThat(verifying.verify(OURS.accessToken("RS256", ""))).isInstanceOf(Finding.Verified.class);
        assertThat(requests).hasValue(2);
    }

    @Test
    void connectsToNoPrivateAddressUnlessThatIsAllowed() {
        URI named = URI.create("http://localhost:" + server.actualPort() + "/");
        KeySource some = KeySource.of(
                vertx, new KeyPlace.Web(named, Rule.PUBLIC_ADDRESSES, Optional.empty()), Duration.ofSeconds(5));
        KeySource all = KeySource.of(
                vertx, new KeyPlace.Web(named, Rule.ALL_ADDRESSES, Optional.empty()), Duration.ofSeconds(5));

        assertThat(problem(some.fetch())).hasMessage("addresses of localhost: private (expected: one that is public)");
        assertThat(requests).hasValue(0);
        assertThat(get(all.fetch()).keys()).hasSize(OURS.keys().size());
    }

    @Test
    void trustsOnlyTheCertificatesThatItShall() {
        Certificate ours = Certificate.make(directory.resolve("ours"));
        Certificate other = Certificate.make(directory.resolve("other"));
        HttpServer secure = get(server(new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(ours.certificate().toString())
                        .addKeyPath(ours.key().toString()))));

        assertThat(get(secure("localhost", secure, Optional.of(ours)).fetch()).keys())
                .hasSize(OURS.keys().size());
        assertThat(get(secure("127.0.0.1", secure, Optional.of(ours)).fetch()).keys())
                .hasSize(OURS.keys().size());
        for (KeySource untrusted : new KeySource[] {
            secure("localhost", secure, Optional.of(other)), secure("localhost", secure, Optional.empty())
        }) {
            assertThatThrownBy(() -> get(untrusted.fetch())).hasStackTraceContaining("SSLHandshakeException");
        }
        assertThat(requests).hasValue(2);
    }

    @Test
    void readsTheTrustedCertificatesWithEachFetch() throws IOException {
        Certificate before = Certificate.make(directory.resolve("before"));
        Certificate after = Certificate.make(directory.resolve("after"));
        HttpServer secure = get(server(new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(after.certificate().toString())
                        .addKeyPath(after.key().toString()))));
        KeySource keys = secure("localhost", secure, Optional.of(before));
        assertThatThrownBy(() -> get(keys.fetch())).hasStackTraceContaining("SSLHandshakeException");

        Files.copy(after.certificate(), before.certificate(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(get(keys.fetch()).keys()).hasSize(OURS.keys().size());
    }

    /** A certificate that is trusted, but another host's. */
    @Test
    void trustsACertificateForItsHostOnly() throws IOException {
        Certificate ours = Certificate.make(directory.resolve("ours"));
        HttpServer secure = get(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(ours.certificate().toString())
                                .addKeyPath(ours.key().toString())))
                .requestHandler(request -> requests.incrementAndGet())
                .listen(0, "127.0.0.2"));

        assertThatThrownBy(
                        () -> get(secure("127.0.0.2", secure, Optional.of(ours)).fetch()))
                .hasStackTraceContaining("No subject alternative names matching IP address 127.0.0.2");
        assertThat(requests).hasValue(0);
    }

    private KeySource secure(String host, HttpServer secure, Optional<Certificate> trusted) {
        URI url = URI.create("https://" + host + ":" + secure.actualPort() + "/");
        return KeySource.of(
                vertx,
                new KeyPlace.Web(url, Rule.ALL_ADDRESSES, trusted.map(Certificate::certificate)),
                Duration.ofSeconds(5));
    }

    @Test
    void beginsWithTheKeysOfAnEarlierRun() {
        verifying.with(realm(url("/")));
        until("it is kept", () -> kept().findAny().isPresent());
        verifying.close();
        behaviour = request -> request.response().setStatusCode(500).end();
        verifying = Verifying.in(directory, HOUR);
        verifying.with(realm(url("/")));

        assertThat(verifying.verify(OURS.accessToken("RS256", ""))).isInstanceOf(Finding.Verified.class);
        assertThat(verifying.fetches("failed")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"issuer\":\"https://login.example\",\"jwks\":\"x\"}"})
    void takesNoKeptKeysThatAreDamagedOrOfAnotherPlace(String text) throws IOException {
        verifying.with(realm(url("/")));
        until("it is kept", () -> kept().findAny().isPresent());
        verifying.close();
        Path file = kept().findAny().orElseThrow();
        String before = Files.readString(file);
        Files.writeString(file, text.contains("jwks") ? before.replace("127.0.0.1", "127.0.0.2") : text);
        behaviour = request -> request.response().setStatusCode(500).end();
        verifying = Verifying.in(directory, HOUR);
        verifying.with(realm(url("/")));

        assertThat(problem(verifying.ask(OURS.accessToken("RS256", ""))).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    private Stream<Path> kept() {
        Path kept = directory.resolve("kept");
        try (Stream<Path> files = Files.exists(kept) ? Files.list(kept) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith(".json")).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    private static String realm(String url) {
        return "realms: {corp: {issuer: \"" + OURS.name() + "\", jwks: \"" + url
                + "\", allow-private-addresses: true}}";
    }

    private static Handler<HttpServerRequest> answering(String body) {
        return request -> request.response().end(Buffer.buffer(body));
    }

    private static String renamed(Issuer issuer) {
        return issuer.rsa().toPublicJWK().toJSONString().replace("\"rsa\"", "\"next\"");
    }

    private static String signedBy(Issuer issuer, String kid) {
        String token = issuer.accessToken("RS256", "");
        String claims = new String(Jws.payload(token).orElseThrow(), StandardCharsets.UTF_8);
        return issuer.sign("RS256", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}", claims);
    }
}
