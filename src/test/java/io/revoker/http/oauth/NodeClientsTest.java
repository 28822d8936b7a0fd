package io.revoker.http.oauth;

import static io.revoker.testing.ClientFiles.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.revoker.testing.Api;
import io.revoker.testing.Certificate;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.NodeScript;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth clients for Node.js that nobody here wrote. */
@NeedsTools
class NodeClientsTest {
    private static final String ISSUER = "--oauth.issuer=https://auth.example";

    private static final String PREFIX = Api.fresh("node");
    private static final String SIGNS = "private_key_jwt";
    private static final ECKey KEY = key();
    private static final Issuer CORP = Issuer.named("https://login.example/corp");

    private static RunningService strict;
    private static RunningService posting;
    private static NodeScript clients;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        clients = NodeScript.of(NodeClientsTest.class, "node-clients.mjs");
        strict = RunningService.start(
                "--clients.file="
                        + Files.writeString(
                                directory.resolve("clients.yaml"),
                                ClientFiles.text()
                                        + ClientFiles.signing("signer", new JWKSet(KEY).toString(), "[admin]")),
                ISSUER,
                "--redis.prefix=" + PREFIX,
                "--realms.file="
                        + Files.writeString(
                                directory.resolve("realms.yaml"),
                                "realms:\n" + CORP.realm(directory, "corp", "audience: [orders]")),
                "--signing.file=" + SigningFile.in(directory));
        posting = RunningService.start(ClientFiles.option(), ISSUER, "--oauth.client-secret-post=true");
    }

    @AfterAll
    static void stop() {
        posting.close();
        strict.close();
    }

    @ParameterizedTest
    @CsvSource({
        "oauth4webapi, client_secret_basic",
        "openid-client, client_secret_basic",
        "oauth4webapi, client_secret_post",
        "openid-client, client_secret_post"
    })
    void learnTheEndpointsIntrospectAndRevoke(String library, String method) {
        RunningService service = method.endsWith("post") ? posting : strict;
        Granted granted = Granted.by(service);

        assertThat(said(service, library, method, SECRET, granted))
                .isEqualTo("{\"before\":true,\"user\":\"joe\",\"after\":false}");

        assertThat(granted.state(service)).isEqualTo("access=false refresh=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth4webapi", "openid-client"})
    void signToProveWhoTheyAre(String library) {
        Granted granted = Granted.by(strict);

        assertThat(said(strict, library, SIGNS, key().toJSONString(), granted)).isEqualTo("{\"error\":401}");
        assertThat(said(strict, library, SIGNS, KEY.toJSONString(), granted))
                .isEqualTo("{\"before\":true,\"user\":\"joe\",\"after\":false}");
        assertThat(granted.state(strict)).isEqualTo("access=false refresh=false");
    }

    /** The script revokes what is given as refresh token. */
    @ParameterizedTest
    @CsvSource({
        "oauth4webapi, RS256",
        "openid-client, RS256",
        "oauth4webapi, ES256",
        "openid-client, ES256",
        "oauth4webapi, EdDSA",
        "openid-client, EdDSA"
    })
    void introspectAndRevokeAJwtThatNobodyRegistered(String library, String algorithm) {
        String jwt = CORP.accessToken(algorithm, "");
        String another = CORP.accessToken(algorithm, "");

        assertThat(said(strict, library, "client_secret_basic", SECRET, new Granted(jwt, jwt)))
                .isEqualTo("{\"before\":true,\"user\":\"joe\",\"after\":false}");

        assertThat(ClientFiles.isActive(strict, jwt)).isFalse();
        assertThat(ClientFiles.isActive(strict, another)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth4webapi", "openid-client"})
    void learnNothingOfAJwtThatAnotherKeySigned(String library) {
        String forged = Issuer.named(CORP.name()).accessToken("RS256", "");

        assertThat(said(strict, library, "client_secret_basic", SECRET, new Granted(forged, forged)))
                .isEqualTo("{\"before\":false,\"after\":false}");
    }

    @Test
    void revokeAJwtThatNobodyRegisteredAmongBothTokens() {
        String jwt = CORP.accessToken("RS256", "");
        Granted granted = Granted.by(strict);

        assertThat(said(strict, "simple-oauth2", "client_secret_basic", SECRET, new Granted(jwt, granted.refresh())))
                .isEqualTo("{}");

        assertThat(ClientFiles.isActive(strict, jwt)).isFalse();
        assertThat(granted.state(strict)).isEqualTo("access=false refresh=false");
    }

    @Test
    void showACertificateToProveWhoTheyAre(@TempDir Path directory) throws IOException {
        Certificate server = Certificate.make(directory.resolve("server"));
        Certificate gateway = Certificate.make(directory.resolve("gateway"), "EC", "CN=gateway", "dns:gw.example");
        String clientFile =
                ClientFiles.text() + "  - {id: gw, certificate: {subject-dn: CN=gateway}, privileges: [admin]}\n";
        try (RunningService service = RunningService.start(
                ISSUER,
                "--redis.prefix=" + PREFIX,
                "--clients.file=" + Files.writeString(directory.resolve("clients.yaml"), clientFile),
                "--http.tls.enabled=true",
                "--http.tls.certificate=" + server.certificate(),
                "--http.tls.key=" + server.key(),
                "--http.tls.client-authorities=" + gateway.certificate())) {
            for (String library : List.of("oauth4webapi", "openid-client")) {
                Granted granted = Granted.by(strict);

                assertThat(clients.run(
                                library,
                                "tls_client_auth",
                                "https://localhost:" + service.port(),
                                "gw",
                                shown(gateway, server),
                                granted.access(),
                                granted.refresh()))
                        .isEqualTo("{\"before\":true,\"user\":\"joe\",\"after\":false}");
            }
        }
    }

    private static String shown(Certificate client, Certificate server) throws IOException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cert", Files.readString(client.certificate()))
                .put("key", Files.readString(client.key()))
                .put("ca", Files.readString(server.certificate()))
                .toString();
    }

    /** Else the test above would not show that they verify. */
    @ParameterizedTest
    @ValueSource(strings = {"oauth4webapi", "openid-client"})
    void refuseAnswersThatAnotherKeySigned(String library) {
        Granted granted = Granted.by(strict);
        String said = clients.run(
                library,
                "client_secret_basic",
                "http://127.0.0.1:" + strict.port(),
                ClientFiles.ROOT,
                SECRET,
                granted.access(),
                granted.refresh(),
                "other-keys");

        assertThat(said).startsWith("{\"error\":\"OAUTH_");
        assertThat(granted.state(strict)).isEqualTo("access=true refresh=true");
    }

    /** It revokes the access token, and goes on only if the answer is 200 with JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    void revokeBothTokensOneAfterTheOther(String method) {
        RunningService service = method.endsWith("post") ? posting : strict;
        Granted granted = Granted.by(service);

        assertThat(said(service, "simple-oauth2", method, SECRET, granted)).isEqualTo("{}");

        assertThat(granted.state(service)).isEqualTo("access=false refresh=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth4webapi", "openid-client", "simple-oauth2"})
    void sayThatTheyWereRefused(String library) {
        Granted granted = Granted.by(strict);

        assertThat(said(strict, library, "client_secret_basic", "wrong", granted))
                .isEqualTo("{\"error\":401}");
        assertThat(said(strict, library, "client_secret_post", SECRET, granted)).isEqualTo("{\"error\":401}");

        assertThat(granted.state(strict)).isEqualTo("access=true refresh=true");
    }

    private static String said(RunningService service, String library, String method, String secret, Granted granted) {
        return clients.run(
                library,
                method,
                "http://127.0.0.1:" + service.port(),
                method.equals(SIGNS) ? "signer" : ClientFiles.ROOT,
                secret,
                granted.access(),
                granted.refresh());
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("mine").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
