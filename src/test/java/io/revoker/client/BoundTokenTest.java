package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of an access token beside its grant comes back from the service. */
class BoundTokenTest {
    private static final String KEY = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private static final String CERTIFICATE = "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2";

    private final RunningService service = RunningService.shared(RedisServers.embedded());
    private final RevokerClient client = RevokerClient.builder(URI.create("http://127.0.0.1:" + service.port()))
            .build();
    private final String token = Api.fresh("token");

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void tellsTheKeyAndTheIdOfAToken() throws IOException {
        Instant issuedAt = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 5);
        client.register(RegisterTokenRequest.builder("corp", "joe")
                .accessToken(token)
                .issuedAt(issuedAt)
                .jti("id-1")
                .keyThumbprint(KEY)
                .certificateThumbprint(CERTIFICATE)
                .build());

        TokenStatus status = client.check(token);

        assertThat(status.tokenType()).contains("DPoP");
        assertThat(status.jti()).contains("id-1");
        assertThat(status.keyThumbprint()).contains(KEY);
        assertThat(status.certificateThumbprint()).contains(CERTIFICATE);
        assertThat(status.issuedAt()).contains(issuedAt);
        assertThat(new Api(service).check(token)).isEqualTo(401);
    }

    @Test
    void tellsTheTypeThatWasGiven() throws IOException {
        client.register(RegisterTokenRequest.builder("corp", "joe")
                .accessToken(token)
                .tokenType("Bearer")
                .build());

        TokenStatus status = client.check(token);

        assertThat(status.tokenType()).contains("Bearer");
        assertThat(status.jti()).isEmpty();
        assertThat(status.keyThumbprint()).isEmpty();
        assertThat(status.certificateThumbprint()).isEmpty();
    }

    @Test
    void tellsWhyAKeyIsNone() {
        RegisterTokenRequest request = RegisterTokenRequest.builder("corp", "joe")
                .accessToken(token)
                .keyThumbprint("short")
                .build();

        assertThatExceptionOfType(RevokerStatusException.class)
                .isThrownBy(() -> client.register(request))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400))
                .withMessageContaining("cnf.jkt: not a thumbprint");
    }

    /** A caller with all privileges must say that the token is a refresh token. */
    @Test
    void asksOfARefreshToken() throws IOException {
        client.register(
                RegisterTokenRequest.builder("corp", "joe").refreshToken(token).build());

        assertThat(client.check(token).isActive()).isFalse();
        assertThat(client.checkRefreshToken(token).isActive()).isTrue();
        assertThat(client.checkRefreshTokenAsync(token).join().tokenUse()).contains("refresh");
    }
}
