package io.revoker.gateways;

import static io.revoker.gateways.EnvoyClient.bearing;
import static io.revoker.gateways.EnvoyClient.denied;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Envoy's filter gets over gRPC when tokens are revoked, and when it can't be decided. */
class EnvoyRevocationsTest {
    private static final Issuer ISSUER = Issuer.named("https://login.example");
    private static final HealthCheckRequest OF_ALL = HealthCheckRequest.getDefaultInstance();

    private static RedisProcess redis;
    private static RunningService revoker;
    private static Api api;
    private static EnvoyClient envoy;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path realms = Files.writeString(
                directory.resolve("realms.yaml"),
                "realms:\n" + ISSUER.realm(directory, "issuer", "audience: [orders]"));
        redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
        revoker = RunningService.on(redis.url(), "--grpc.enabled=true", "--grpc.port=0", "--realms.file=" + realms);
        api = new Api(revoker);
        envoy = EnvoyClient.inClearText(revoker.service().grpcPort().orElseThrow());
    }

    @AfterAll
    static void stop() {
        envoy.close();
        revoker.close();
        redis.close();
    }

    @Test
    void areRefusedByUserAndByRealm() {
        String realm = Api.fresh("realm");
        String ofUser = api.access("corp", "ann");
        String ofUserInRealm = api.access("corp", "bob");
        String ofRealm = api.access(realm, "joe");
        assertThat(envoy.check(ofUser)).isEqualTo(200);

        assertThat(api.invalidateUser("ann")).startsWith("200");
        assertThat(api.invalidateUserInRealm("corp", "bob")).startsWith("200");
        assertThat(api.invalidateRealm(realm)).startsWith("200");

        for (String token : new String[] {ofUser, ofUserInRealm, ofRealm}) {
            assertThat(denied(envoy.filter().check(bearing(token)))).contains("16 401", "\"revoked\"");
        }
    }

    @Test
    void areRefusedOfJwtsThatNobodyRegistered() {
        String user = Api.fresh("joe");
        String first = ISSUER.accessToken(user, "ES256", "");
        String second = ISSUER.accessToken(user, "RS256", "");
        assertThat(envoy.check(first)).isEqualTo(200);
        assertThat(api.invalidateAccess(first)).startsWith("200 1,");
        assertThat(envoy.check(first)).isEqualTo(401);
        assertThat(envoy.check(second)).isEqualTo(200);

        assertThat(api.invalidateUserInRealm("issuer", user)).startsWith("200");

        assertThat(envoy.check(second)).isEqualTo(401);
    }

    @Test
    void areNotDecidedWhileRedisIsDown() {
        String token = api.access("corp", "joe");
        Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(envoy.channel())
                .withDeadlineAfter(2 * Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .watch(OF_ALL);
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        redis.kill();

        assertThat(denied(envoy.filter().check(bearing(token)))).startsWith("14 503");
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(HealthGrpc.newBlockingStub(envoy.channel()).check(OF_ALL).getStatus())
                .isEqualTo(ServingStatus.NOT_SERVING);
        redis.start();
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        until("decided again", () -> envoy.check(token) == 200);
    }
}
