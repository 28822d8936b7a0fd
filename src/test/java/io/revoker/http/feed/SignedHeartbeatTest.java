package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.revoker.testing.EventStream;
import io.revoker.testing.EventStream.Event;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that has keys signs its heartbeats. */
class SignedHeartbeatTest {
    @Test
    void signsWhatAHeartbeatSays(@TempDir Path directory) throws Exception {
        try (RunningService service = RunningService.start(
                        "--signing.file=" + SigningFile.in(directory), "--oauth.issuer=https://auth.example");
                EventStream stream = EventStream.of(service)) {
            Event beat = stream.await(Event::isHeartbeat);

            JWSObject signed = JWSObject.parse(beat.data().required("signature").textValue());
            JWK key = JWKSet.parse(
                            service.call("GET", "/.well-known/jwks.json").send().body())
                    .getKeyByKeyId(signed.getHeader().getKeyID());
            assertThat(signed.verify(new DefaultJWSVerifierFactory()
                            .createJWSVerifier(signed.getHeader(), ((AsymmetricJWK) key).toPublicKey())))
                    .isTrue();
            assertThat(signed.getHeader().getType()).hasToString("revoker-heartbeat+jwt");
            Map<String, Object> claims = signed.getPayload().toJSONObject();
            assertThat(claims)
                    .containsEntry("iss", "https://auth.example")
                    .containsEntry("event", "heartbeat")
                    .containsEntry("stamp", beat.stamp())
                    .containsEntry("time", beat.data().path("time").textValue())
                    .containsEntry("as_of", beat.data().path("as_of").textValue())
                    .containsKey("iat");
        }
    }
}
