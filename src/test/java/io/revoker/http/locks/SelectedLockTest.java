package io.revoker.http.locks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks of some of the tokens of a realm or a user, and of all there are, on two instances. */
@OnEveryRedis
class SelectedLockTest {
    private static final Issuer ISSUER = Issuer.named("https://login.example/selected-locks");
    private static final String FAR = Api.ahead(Duration.ofDays(60));
    private static final String KEY = Issuer.keyId("ES256");

    private final RunningService service;
    private final RunningService other;

    SelectedLockTest(Server redis) throws IOException {
        String prefix = "--redis.prefix=" + Api.fresh("locks");
        Path directory = RedisServers.directory();
        Path keys = Files.writeString(directory.resolve("keys.json"), ISSUER.jwks());
        String realms = "--realms.file="
                + Files.writeString(directory.resolve("realms.yaml"), """
                realms:
                  open: {issuer: '%s', jwks: '%s', registered: optional, clock-skew: 1m}
                """.formatted(ISSUER.name(), keys));
        service = RunningService.on(redis.url(), prefix, realms);
        other = RunningService.on(redis.url(), prefix, realms);
    }

    @AfterEach
    void close() {
        service.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'client_id':'shop','realm_name':'open'}",
                "{'client_id':'shop','realm_name':'open','username':'joe'}",
                "{'session_id':'s1','realm_name':'open'}",
                "{'session_id':'s1','realm_name':'open','username':'joe'}"
            })
    void keepsThoseOutEverywhereThatItSelectsUntilItIsRemoved(String target) {
        String jwt = jwt("shop", "s1");
        String ofOthers = jwt("bank", "s2");
        register(service, "opaque", "shop", "s1");
        assertThat(Stream.of(jwt, ofOthers, "opaque").map(new Api(other)::check))
                .containsOnly(200);

        String id = lock(target);

        for (RunningService each : List.of(service, other)) {
            assertThat(register(each, "late", "shop", "s1").status()).isEqualTo(423);
            assertThat(register(each, "late", "shop", "s1")
                            .json()
                            .path("detail")
                            .textValue())
                    .startsWith("registration: locked until ");
            assertThat(Stream.of(jwt, "opaque", "late").map(new Api(each)::check))
                    .containsOnly(401);
            assertThat(new Api(each).isActive(jwt)).isFalse();
            assertThat(new Api(each).check(ofOthers)).isEqualTo(200);
            assertThat(register(each, Api.fresh("bank"), "bank", "s2").status()).isEqualTo(201);
        }
        JsonNode locks = other.call("GET", "/v1/locks").send().json().required("locks");
        assertThat(locks).hasSize(1);
        assertThat(locks.at("/0/target")).hasToString(target.replace('\'', '"'));

        assertThat(other.call("DELETE", "/v1/locks/" + id).send().status()).isEqualTo(200);

        assertThat(register(other, "late", "shop", "s1").status()).isEqualTo(201);
        assertThat(new Api(other).check(jwt)).isEqualTo(200);
        Waiting.until(
                "unlocked",
                () -> register(service, Api.fresh("shop"), "shop", "s1").status() == 201);
        assertThat(new Api(service).check(jwt)).isEqualTo(200);
    }

    /** A key that has leaked signs what it is told to, with any {@code iat}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"{'kid':'KEY','realm_name':'open'}|true", "{'all':true}|false"})
    void keepsOutWhatAKeyHasSignedOrEverything(String target, boolean isOpaqueAllowed) {
        String jwt = jwt("shop", "s1");

        lock(target.replace("KEY", KEY));

        for (RunningService each : List.of(service, other)) {
            assertThat(new Api(each).check(jwt)).isEqualTo(401);
            assertThat(register(each, jwt, "shop", "s1").status()).isEqualTo(423);
            assertThat(register(each, Api.fresh("opaque"), "shop", "s1").status())
                    .isEqualTo(isOpaqueAllowed ? 201 : 423);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'target':{'realm_name':'open'},'issued_before':1795359400,'until':'FAR'}",
                "{'target':{'token':'x'},'until':'FAR'}"
            })
    void isNoneOfATokenOrOfWhatWasIssuedBefore(String body) {
        Reply reply = service.call("POST", "/v1/revocations")
                .json(body.replace('\'', '"').replace("FAR", FAR))
                .send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").textValue())
                .startsWith("until: of a single token, or of what was issued");
    }

    private String lock(String target) {
        Reply reply = service.call("POST", "/v1/revocations")
                .json("{\"target\":" + target.replace('\'', '"') + ",\"until\":\"" + FAR + "\"}")
                .send();
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().at("/lock/id").textValue();
    }

    private static Reply register(RunningService each, String token, String client, String session) {
        return each.call("POST", "/v1/tokens")
                .json("{\"realm_name\":\"open\",\"username\":\"joe\",\"access_token\":\"" + token
                        + "\",\"client_id\":\"" + client + "\",\"session_id\":\"" + session + "\"}")
                .send();
    }

    /** By its {@code iat} after any revocation of this test. */
    private static String jwt(String client, String session) {
        long later = System.currentTimeMillis() / 1000 + 50;
        return ISSUER.sign(
                "ES256",
                "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"" + KEY + "\"}",
                "{\"iss\":\"" + ISSUER.name() + "\",\"sub\":\"joe\",\"aud\":\"orders\",\"client_id\":\"" + client
                        + "\",\"sid\":\"" + session + "\",\"jti\":\"" + Api.fresh("j") + "\",\"iat\":" + later
                        + ",\"exp\":" + (later + 300) + "}");
    }
}
