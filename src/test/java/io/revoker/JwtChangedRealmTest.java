package io.revoker;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unregistered JWTs that were revoked by their text before their realm changes. */
class JwtChangedRealmTest {
    private static final Issuer ISSUER = Issuer.named("https://login.example/changing");

    /** What covered it before reads other claims now. */
    @ParameterizedTest
    @CsvSource({"username,username-claim,login", "client_id,client-claim,azp", "session_id,session-claim,session"})
    void staysDead(String covered, String changed, String claim, @TempDir Path directory) throws IOException {
        Path realms = Files.writeString(directory.resolve("realms.yaml"), realm(directory, ""));
        String alone = token();
        String other = token();
        try (RunningService service = RunningService.reading("--reload.interval=20ms", "--realms.file=" + realms)) {
            Api api = new Api(service);
            assertThat(service.call("POST", "/v1/revocations")
                            .json("{\"target\":{\"realm_name\":\"changing\",\"" + covered + "\":\"joe\"}}")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(api.check(alone)).isEqualTo(401);
            assertThat(api.invalidateAccess(alone)).isEqualTo("200 0,1,0");

            Files.writeString(realms, realm(directory, ", " + changed + ": " + claim));

            until("not covered any more", () -> api.check(other) == 200);
            assertThat(api.check(alone)).isEqualTo(401);
        }
    }

    private static String realm(Path directory, String more) throws IOException {
        return "realms:\n" + ISSUER.realm(directory, "changing", "registered: optional" + more);
    }

    /** Of an earlier second than what is revoked now. */
    private static String token() {
        long issued = Instant.now().minusSeconds(10).getEpochSecond();
        return ISSUER.sign(
                "ES256",
                "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"ec\"}",
                "{\"iss\":\"" + ISSUER.name() + "\",\"sub\":\"joe\",\"client_id\":\"joe\",\"sid\":\"joe\","
                        + "\"login\":\"" + Api.fresh("joe") + "\",\"azp\":\"" + Api.fresh("app") + "\",\"jti\":\""
                        + Api.fresh("j") + "\",\"iat\":" + issued + ",\"exp\":" + (issued + 300) + "}");
    }
}
