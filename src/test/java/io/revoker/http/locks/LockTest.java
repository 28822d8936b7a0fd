package io.revoker.http.locks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks, on two instances that share a Redis. */
@OnEveryRedis
class LockTest {
    private static final Issuer ISSUER = Issuer.named("https://login.example/locks");
    private static final String FAR = Api.ahead(Duration.ofDays(60));
    private static final String REALM = "open";
    private static final int MOST = 10_000;
    private static final int TOGETHER = 100;

    /** Two instances for each Redis. */
    private static final Map<Server, Instances> SHARED = new ConcurrentHashMap<>();

    private record Instances(RunningService service, RunningService other, String prefix, String realms) {
        static Instances on(Server redis) {
            String prefix = Api.fresh("locks");
            String realms = realmFile();
            return new Instances(start(redis, prefix, realms), start(redis, prefix, realms), prefix, realms);
        }

        static RunningService start(Server redis, String prefix, String realms) {
            return RunningService.on(redis.url(), "--redis.prefix=" + prefix, realms);
        }

        private static String realmFile() {
            try {
                Path directory = RedisServers.directory();
                Path keys = Files.writeString(directory.resolve("keys.json"), ISSUER.jwks());
                return "--realms.file="
                        + Files.writeString(directory.resolve("realms.yaml"), """
                        realms:
                          open: {issuer: '%s', jwks: '%s', registered: optional, clock-skew: 1m}
                        """.formatted(ISSUER.name(), keys));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Server redis;
    private final Instances instances;
    private final RunningService service;
    private final RunningService other;
    private final String user = Api.fresh("joe");

    LockTest(Server redis) {
        this.redis = redis;
        instances = SHARED.computeIfAbsent(redis, Instances::on);
        service = instances.service();
        other = instances.other();
    }

    @AfterEach
    void unlock() {
        locks(service).forEach(lock -> remove(service, lock.path("id").textValue()));
        Waiting.until(
                "unlocked",
                () -> Stream.of(service, other).allMatch(each -> register(each).status() == 201));
    }

    @AfterAll
    static void stop() {
        SHARED.values().stream()
                .flatMap(all -> Stream.of(all.service(), all.other()))
                .forEach(RunningService::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'realm_name':'open'}", "{'username':'USER'}", "{'realm_name':'open','username':'USER'}"})
    void keepsRegistrationsAndJwtsOutEverywhereUntilItIsRemoved(String target) {
        String jwt = issuedLater();
        String opaque = new Api(service).access(REALM, user);
        assertThat(Stream.of(service, other).map(each -> new Api(each).check(jwt)))
                .containsOnly(200);
        assertThat(List.of(isAuthenticated(service, jwt), isAuthenticated(other, opaque)))
                .containsOnly(true);

        Reply reply = lock("{'target':" + target + ",'until':'" + FAR + "','reason':{'code':'compromise'}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/lock/until").textValue()).isEqualTo(FAR);
        for (RunningService each : List.of(service, other)) {
            assertThat(register(each).status()).isEqualTo(423);
            assertThat(new Api(each).check(jwt)).isEqualTo(401);
            assertThat(new Api(each).isActive(jwt)).isFalse();
            assertThat(new Api(each).check(opaque)).isEqualTo(401);
            assertThat(isAuthenticated(each, jwt)).isFalse();
            assertThat(isAuthenticated(each, opaque)).isFalse();
        }
        assertThat(new Api(other)
                        .register(registration("ann", Api.fresh("elsewhere")))
                        .status())
                .isEqualTo(201);
        JsonNode locks = locks(other);
        assertThat(locks).hasSize(1);
        assertThat(locks.at("/0/target").toString()).isEqualTo(json(target));
        assertThat(locks.at("/0/reason/code").textValue()).isEqualTo("compromise");
        String id = locks.at("/0/id").textValue();
        assertThat(id).isEqualTo(reply.json().at("/lock/id").textValue());

        assertThat(remove(other, id).status()).isEqualTo(200);

        assertThat(remove(other, id).status()).isEqualTo(404);
        assertThat(locks(service)).isEmpty();
        Waiting.until("allowed", () -> register(service).status() == 201);
        assertThat(register(other).status()).isEqualTo(201);
        assertThat(new Api(service).check(jwt)).isEqualTo(200);
        assertThat(isAuthenticated(service, jwt)).isTrue();
    }

    /** For an API server of Kubernetes. */
    private static boolean isAuthenticated(RunningService service, String token) {
        return service.call("POST", "/k8s/tokenreview")
                .json("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\""
                        + token + "\",\"audiences\":[\"orders\"]}}")
                .send()
                .json()
                .at("/status/authenticated")
                .booleanValue();
    }

    @Test
    void isKnownToAnInstanceThatStartsLater() {
        lock("{'target':{'username':'USER'},'until':'" + FAR + "'}");

        try (RunningService late = Instances.start(redis, instances.prefix(), instances.realms())) {
            assertThat(register(late).status()).isEqualTo(423);
            assertThat(new Api(late).check(issuedLater())).isEqualTo(401);
        }
    }

    @Test
    void endsByItself() {
        Waiting.until(
                "locked",
                () -> lock("{'target':{'username':'USER'},'until':'"
                                        + Instant.now().plusSeconds(2) + "'}")
                                .status()
                        == 200);

        Waiting.until("ended", () -> register(other).status() == 201);
        Waiting.until("ended", () -> register(service).status() == 201);
        assertThat(locks(service)).isEmpty();
    }

    @Test
    void isExtendedButNeverShortened() {
        String later = Api.ahead(Duration.ofDays(61));
        lock("{'target':{'username':'USER'},'until':'" + FAR + "'}");

        Reply longer = lock("{'target':{'username':'USER'},'until':'" + later + "'}");
        Reply shorter = lock("{'target':{'username':'USER'},'until':'" + FAR + "'}");

        assertThat(longer.json().at("/lock/until").textValue()).isEqualTo(later);
        assertThat(shorter.json().at("/lock/until").textValue()).isEqualTo(later);
        assertThat(locks(service)).hasSize(1);
    }

    @Test
    void changesNothingInADryRun() {
        String opaque = new Api(service).access(REALM, user);

        Reply reply = lock("{'target':{'username':'USER'},'until':'" + FAR + "','dry_run':true}");

        assertThat(Api.counts(reply)).isEqualTo("200 1,0,0");
        assertThat(locks(service)).isEmpty();
        assertThat(register(other).status()).isEqualTo(201);
        assertThat(new Api(other).check(opaque)).isEqualTo(200);
    }

    /** Registered before, and dead; or refused. A busy machine may answer some with 503, after which all is repeated. */
    @Test
    void leavesNoTokenAliveThatIsRegisteredAtTheSameTime() {
        List<CompletableFuture<Reply>> locked = new ArrayList<>();
        List<CompletableFuture<Reply>> registered = IntStream.range(0, TOGETHER)
                .mapToObj(i -> {
                    if (i == TOGETHER / 2) {
                        locked.add(lockCall("{'target':{'username':'USER'},'until':'" + FAR + "'}"));
                    }
                    RunningService each = i % 2 == 0 ? service : other;
                    return each.call("POST", "/v1/tokens")
                            .json(registration(user, Api.fresh("race")))
                            .sendAsync();
                })
                .toList();

        Reply first = locked.get(0).join();
        Waiting.until(
                "locked",
                () -> first.status() == 200
                        || lock("{'target':{'username':'USER'},'until':'" + FAR + "'}")
                                        .status()
                                == 200);
        List<Reply> replies = registered.stream().map(CompletableFuture::join).toList();

        assertThat(replies).extracting(Reply::status).isSubsetOf(201, 409, 423, 503);
        assertThat(new Api(service).invalidateUser(user)).isEqualTo("200 0,0,0");
        JsonNode live = service.call("GET", "/v1/tokens?realm_name=open&username=" + user)
                .send()
                .json();
        assertThat(live.path("grants")).isEmpty();
    }

    @Test
    void isRefusedIfThereAreTooMany() {
        String opaque = new Api(service).access(REALM, user);
        fill();

        Reply refused = lock("{'target':{'username':'USER'},'until':'" + FAR + "'}");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("locks: 10000 (expected: fewer; nothing was revoked");
        assertThat(new Api(service).check(opaque)).isEqualTo(200);
        try (RedisClient client = RedisClient.of(redis.url())) {
            client.call("DEL", instances.prefix() + ":{log}:locks");
        }
    }

    /** With locks that end in the far future, as the first eight bytes of their values say. */
    private void fill() {
        try (RedisClient client = RedisClient.of(redis.url())) {
            String key = instances.prefix() + ":{log}:locks";
            for (int i = 0; i < MOST; i += 1000) {
                List<String> command = new ArrayList<>(List.of("HSET", key));
                IntStream.range(i, i + 1000)
                        .forEach(j -> command.addAll(List.of(String.valueOf(10_000_000 + j), "zzzzzzzz")));
                client.call(command.toArray(String[]::new));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'target':{'username':'USER'},'until':'tomorrow'}",
                "{'target':{'username':'USER'},'until':'2020-01-31T12:00:00Z'}",
                "{'target':{'username':'USER'},'until':'9999-01-31T12:00:00Z'}",
                "{'target':{'username':'USER'},'until':1795363200}",
                "{'target':{'token':'x'},'until':'FAR'}"
            })
    void refusesWhatIsNoLock(String body) {
        assertThat(lock(body).status()).isEqualTo(400);
        assertThat(locks(service)).isEmpty();
    }

    private Reply lock(String body) {
        return lockCall(body).join();
    }

    private CompletableFuture<Reply> lockCall(String body) {
        return service.call("POST", "/v1/revocations").json(json(body)).sendAsync();
    }

    private String json(String text) {
        return text.replace('\'', '"').replace("USER", user).replace("FAR", FAR);
    }

    private Reply register(RunningService each) {
        return new Api(each).register(registration(user, Api.fresh("token")));
    }

    private static String registration(String user, String token) {
        String realm = user.equals("ann") ? "shop" : REALM;
        return "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\"" + token + "\"}";
    }

    private static JsonNode locks(RunningService each) {
        return each.call("GET", "/v1/locks").send().json().required("locks");
    }

    private static Reply remove(RunningService each, String id) {
        return each.call("DELETE", "/v1/locks/" + id).send();
    }

    /** By its {@code iat} after any revocation of this test. */
    private String issuedLater() {
        long later = System.currentTimeMillis() / 1000 + 50;
        return ISSUER.sign(
                "ES256",
                "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"" + Issuer.keyId("ES256") + "\"}",
                "{\"iss\":\"" + ISSUER.name() + "\",\"sub\":\"" + user
                        + "\",\"aud\":\"orders\",\"client_id\":\"app\",\"jti\":\"" + Api.fresh("j") + "\",\"iat\":"
                        + later + ",\"exp\":" + (later + 300) + "}");
    }
}
