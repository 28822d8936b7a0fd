package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.Certificate;
import io.revoker.testing.Gateway;
import io.revoker.testing.Issuer;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gateways of some kinds before one service, all asking one Revoker. It has the clients of conf/clients.example.yaml, for
 * all realms, and trusts an issuer of JWTs as the realm {@code issuer}.
 */
final class GuardedGateways implements AutoCloseable {
    private static final Issuer ISSUER = Issuer.named("https://login.example");

    private final RedisProcess redis;
    private final RunningService revoker;
    private final RunningService secureRevoker;
    private final GuardedService service;
    private final Certificate certificate;
    private final List<Line> lines;
    private final Map<Gateway.Kind, Gateway> gateways = new EnumMap<>(Gateway.Kind.class);

    private GuardedGateways(Path clientFile, Certificate certificate) {
        this.certificate = certificate;
        String clients = "--clients.file=" + clientFile;
        redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
        String prefix = "--redis.prefix=" + Api.fresh("gateways");
        String realms = "--realms.file=" + realms();
        revoker = RunningService.on(redis.url(), clients, realms, prefix);
        secureRevoker = RunningService.on(
                redis.url(),
                clients,
                realms,
                prefix,
                "--http.tls.enabled=true",
                "--http.tls.certificate=" + certificate.certificate(),
                "--http.tls.key=" + certificate.key());
        Vertx vertx = revoker.vertx();
        service = new GuardedService(vertx);
        lines = List.of(Line.to(vertx, revoker.port()), Line.to(vertx, secureRevoker.port()));
    }

    static GuardedGateways start(List<Gateway.Kind> kinds) {
        Certificate certificate = Certificate.make(Gateway.directory());
        GuardedGateways all = new GuardedGateways(clients(), certificate);
        Gateway.Wiring wiring = new Gateway.Wiring(
                all.lines.get(0).port(), all.lines.get(1).port(), certificate.certificate(), all.service.port());
        try {
            for (Gateway.Kind kind : kinds) {
                all.gateways.put(kind, Gateway.start(kind, wiring));
            }
            all.gateways.values().forEach(Gateway::awaitListening);
            return all;
        } catch (AssertionError | RuntimeException failure) {
            all.close();
            throw failure;
        }
    }

    private static Path clients() {
        try {
            String example = Files.readString(Path.of("conf", "clients.example.yaml"));
            return Files.writeString(
                    RedisServers.directory().resolve("clients.yaml"), example.replace("realms: [corp, partners]", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path realms() {
        try {
            Path directory = RedisServers.directory();
            return Files.writeString(
                    directory.resolve("realms.yaml"),
                    "realms:\n" + ISSUER.realm(directory, "issuer", "audience: [orders]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Call call(Gateway.Kind kind, String method, String path) {
        return gateways.get(kind).call(method, path);
    }

    URI uri(Gateway.Kind kind, String path) {
        return gateways.get(kind).uri(path);
    }

    RawConnection connect(Gateway.Kind kind) {
        return gateways.get(kind).connect();
    }

    RawConnection connect(Gateway.Kind kind, Duration patience) {
        return gateways.get(kind).connect(patience);
    }

    GuardedService service() {
        return service;
    }

    /** Of the Revoker that the second line leads to. */
    Certificate certificate() {
        return certificate;
    }

    /** From the gateways to Revoker: in clear text, and with TLS. */
    List<Line> lines() {
        return lines;
    }

    RedisProcess redis() {
        return redis;
    }

    void awaitReady() {
        for (RunningService each : List.of(revoker, secureRevoker)) {
            Waiting.until("ready", () -> each.readiness().status() == 200);
        }
    }

    /** The files of a gateway that contain a text. */
    List<String> filesWith(Gateway.Kind kind, String text) {
        return gateways.get(kind).filesWith(text);
    }

    String access(String realm, String user) {
        return access(realm, user, "\"refresh_expires_in\":60");
    }

    /** @param facts further members of its registration */
    String access(String realm, String user, String facts) {
        return mint("access_token", realm, user, facts);
    }

    /** One that nobody has registered. */
    String jwt(String user) {
        return ISSUER.accessToken(user, "ES256", "");
    }

    String refresh(String realm, String user) {
        return mint("refresh_token", realm, user, "\"refresh_expires_in\":60");
    }

    private String mint(String kind, String realm, String user, String facts) {
        return register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user
                        + "\",\"mint\":[\"access_token\",\"refresh_token\"]," + facts + "}")
                .json()
                .required(kind)
                .textValue();
    }

    Reply register(String body) {
        Reply reply = Call.of("POST", revoker.uri("/v1/tokens"))
                .basic("as1", "kuKnEsx9TbUwiN1AatAORUEd8fSRnG3viL0GvIbVKGw")
                .json(body)
                .send();
        assertThat(reply.status()).isEqualTo(201);
        return reply;
    }

    /** How often the gateways have asked. */
    double checks() {
        return Scrape.of(revoker).value("revoker_checks_total");
    }

    /** By the route that takes every target. */
    void revokeTarget(String body) {
        Reply reply = Call.of("POST", revoker.uri("/v1/revocations"))
                .basic("ops", "CXrMz-YOT6HkaevhQeiORDcIr-ZtKRw-dApKQWvTT-4")
                .json(body)
                .send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    void revoke(String body) {
        Reply reply = Call.of("DELETE", revoker.uri(Api.PATH))
                .basic("ops", "CXrMz-YOT6HkaevhQeiORDcIr-ZtKRw-dApKQWvTT-4")
                .json(body)
                .send();
        assertThat(reply.status()).isEqualTo(200);
    }

    @Override
    public void close() {
        gateways.values().forEach(Gateway::close);
        Stream.of(secureRevoker, revoker).forEach(RunningService::close);
        redis.close();
    }
}
