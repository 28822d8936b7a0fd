package io.revoker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.revoker.cli.CommandRun;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Api;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The entry of a JWT, whose act knows the realm and whose outcome knows the user. */
class JwtEntryTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void namesItsHolderOnce() throws Exception {
        TrustedIssuer issuer = TrustedIssuer.demanding(Demand.EITHER);
        try (RunningService service =
                RunningService.start(RealmFiles.option(issuer), "--redis.prefix=" + Api.fresh("jwt"))) {
            new Api(service).invalidateAccess(issuer.token("joe"));

            List<String> entries = StreamSupport.stream(
                            STRICT.readTree(service.call("GET", "/v1/audit?kind=revocation")
                                            .send()
                                            .body())
                                    .required("entries")
                                    .spliterator(),
                            false)
                    .map(Object::toString)
                    .toList();
            assertThat(entries)
                    .singleElement()
                    .asString()
                    .contains("\"realm_name\":\"" + issuer.realm() + "\"", "\"username\":\"joe\"");
            assertThat(CommandRun.of(service, "audit", "verify").out()).endsWith(": whole\n");
        }
    }
}
