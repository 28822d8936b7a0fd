package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.RevokerBus;
import io.revoker.domain.Sha256;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.State;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many assertions of a client are remembered: 640,000, in 64 parts by a hash of the id. One part is filled here, by
 * what the verifier fills it with.
 */
class AssertionBoundsTest {
    private static final String ISSUER = "https://auth.example/revoker";
    private static final String TYPE =
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    private static final Issuer SIGNER = Issuer.named("signer");
    private static final int PARTS = 64;
    private static final int MOST = 10_000;
    private static final int TOGETHER = 500;

    /** The field, and the value with its expiry. */
    private static final long LEAST = 16 + 4;

    /** So all that a client can take of Redis is 64 times as much. */
    private static final long MOST_BYTES_OF_AN_ENTRY = 128;

    @TempDir
    private Path directory;

    private final String prefix = Api.fresh("bounds");
    private RunningService service;
    private RevokerBus bus;

    @BeforeEach
    void start() throws IOException {
        String clients = ClientFiles.text()
                + ClientFiles.signing("signer", SIGNER.jwks(), "[check]")
                + ClientFiles.signing("other", SIGNER.jwks(), "[check]");
        service = RunningService.start(
                "--clients.file=" + Files.writeString(directory.resolve("clients.yaml"), clients),
                "--oauth.issuer=" + ISSUER,
                "--redis.prefix=" + prefix);
        bus = new RevokerBus(service.vertx(), Waiting.PATIENCE);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void refusesWhatItCouldNotRemember() {
        String full = id(0);
        fill(part(full), Duration.ofMinutes(5));

        Reply refused = introspect("signer", full);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().required("error").textValue()).isEqualTo("temporarily_unavailable");
        assertThat(introspect("other", full)).as("another client").hasToString("200 {\"active\":false}");
        assertThat(introspect("signer", id(part(full) + 1))).as("another part").hasToString("200 {\"active\":false}");
        assertThat(memory()).isBetween(MOST * LEAST, MOST * MOST_BYTES_OF_AN_ENTRY);
    }

    @Test
    void takesThePlacesOfThoseThatHaveExpired() {
        String id = id(0);
        fill(part(id), Duration.ofSeconds(1));

        Waiting.until("a place is free", () -> introspect("signer", id).status() == 200);
        assertThat(introspect("signer", id).status()).as("it is used").isEqualTo(401);
    }

    /** An id of a part. */
    private static String id(int part) {
        return Stream.generate(() -> Api.fresh("id"))
                .filter(id -> part(id) == part % PARTS)
                .findFirst()
                .orElseThrow();
    }

    private static int part(String id) {
        return Math.floorMod(Sha256.of(id).getInt(), PARTS);
    }

    private void fill(int part, Duration lease) {
        for (int i = 0; i < MOST; i += TOGETHER) {
            assertThat(Waiting.get(Future.all(IntStream.range(i, i + TOGETHER)
                                    .mapToObj(j ->
                                            bus.reserveAnswer(new Reserve(caller(part), "used-" + j, "used", lease)))
                                    .toList()))
                            .list())
                    .allSatisfy(reserved -> assertThat(reserved).hasFieldOrPropertyWithValue("state", State.NEW));
        }
    }

    private static String caller(int part) {
        return "assertions:" + part + ":signer";
    }

    /** Of all that is remembered. */
    private long memory() {
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            return redis.keys(prefix + ":i:").stream()
                    .mapToLong(key -> redis.number("MEMORY", "USAGE", key, "SAMPLES", "0"))
                    .sum();
        }
    }

    private Reply introspect(String client, String id) {
        long now = System.currentTimeMillis() / 1000;
        String claims = "{\"iss\":\"" + client + "\",\"sub\":\"" + client + "\",\"aud\":\"" + ISSUER + "\",\"exp\":"
                + (now + 60) + ",\"jti\":\"" + id + "\"}";
        return service.call("POST", IntrospectionRoutes.PATH)
                .form("token=any&" + TYPE + "&client_assertion="
                        + SIGNER.sign("ES256", "{\"alg\":\"ES256\",\"kid\":\"ec\"}", claims))
                .send();
    }
}
