package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with realms whose JWTs it verifies; the keys of one of them can't be fetched. */
class JwtRealmsTest {
    private static final Issuer OURS = Issuer.named("https://login.example/ours");
    private static final Issuer FORGER = Issuer.named("https://login.example/ours");
    private static final Issuer OPEN = Issuer.named("https://login.example/open");
    private static final Issuer SILENT = Issuer.named("https://login.example/silent");

    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys.json"), OURS.jwks());
        Path open = Files.writeString(directory.resolve("open.json"), OPEN.jwks());
        Path realms = Files.writeString(
                directory.resolve("realms.yaml"), """
                realms:
                  ours: {issuer: '%s', jwks: '%s', registered: required}
                  open: {issuer: '%s', jwks: '%s', audience: [orders]}
                  silent: {issuer: '%s', jwks: 'http://127.0.0.1:9/', allow-private-addresses: true, registered: required}
                """.formatted(OURS.name(), keys, OPEN.name(), open, SILENT.name()));
        service = RunningService.start("--realms.file=" + realms);
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aRegisteredOneIsActiveOnlyWithTheSignatureOfItsIssuer() {
        String genuine = OURS.accessToken("ES256", "");
        String forged = FORGER.accessToken("ES256", "");
        register(genuine);
        register(forged);

        assertThat(api.check(genuine)).isEqualTo(200);
        assertThat(api.check(forged)).isEqualTo(401);
        assertThat(api.check(OURS.accessToken("ES256", "")))
                .as("not registered")
                .isEqualTo(401);
    }

    @Test
    void oneThatNobodyRegisteredIsActiveUntilItIsRevoked() {
        String token = OPEN.accessToken("ES256", "");
        String other = OPEN.accessToken("RS256", "");
        assertThat(api.check(token)).isEqualTo(200);

        assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(api.check(token + "==")).as("another form of its signature").isEqualTo(401);
        assertThat(api.invalidateAccess(token)).isEqualTo("200 0,1,0");
        assertThat(api.check(other)).isEqualTo(200);
        api.invalidateUserInRealm("open", "joe");
        assertThat(api.check(other)).isEqualTo(401);
    }

    @Test
    void oneIsNeitherGoodNorBadWhileThereAreNoKeys() {
        assertThat(api.check(SILENT.accessToken("RS256", ""))).isEqualTo(503);
        assertThat(api.check(api.access("silent", "joe"))).as("an opaque one").isEqualTo(200);
        assertThat(service.readiness().status()).isEqualTo(200);
        until(
                "it is measured",
                () -> Scrape.of(service).value("revoker_jwt_key_fetches_total{outcome=\"failed\",realm=\"silent\"}")
                        >= 1);
    }

    /** The key of the same id is another one: so it is not because of an unknown id that the file is read again. */
    @Test
    void theKeysAreReadAgainFromTimeToTime(@TempDir Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys.json"), OURS.jwks());
        Path realms = Files.writeString(
                directory.resolve("realms.yaml"),
                "realms: {ours: {issuer: '%s', jwks: '%s'}}".formatted(OURS.name(), keys));
        try (RunningService own = RunningService.start("--realms.file=" + realms, "--realms.refresh=200ms")) {
            String token = OURS.accessToken("ES256", "");
            assertThat(new Api(own).check(token)).isEqualTo(200);

            Files.writeString(keys, FORGER.jwks());

            until("the old key is gone", () -> new Api(own).check(token) == 401);
            assertThat(new Api(own).check(FORGER.accessToken("ES256", ""))).isEqualTo(200);
        }
    }

    private static void register(String token) {
        assertThat(api.register("{\"realm_name\":\"ours\",\"access_token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(201);
    }
}
