package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Issuer;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view to which only signed heartbeats count. */
class SignedViewTest {
    private static final String ISSUER = "https://auth.example";

    @Test
    void decidesByHeartbeatsThatAreSignedByTheKeysOfTheService(@TempDir Path directory) {
        try (RunningService service =
                RunningService.start("--signing.file=" + SigningFile.in(directory), "--oauth.issuer=" + ISSUER)) {
            String jwks = service.call("GET", "/.well-known/jwks.json").send().body();
            String others = Issuer.named(ISSUER).jwks();
            try (Watched trusting = view(service, how -> how.signedBy(ISSUER, jwks));
                    Watched mistrusting = view(service, how -> how.signedBy(ISSUER, others))) {
                trusting.awaitFresh().await(Watched.token("corp", "ann"), NOT_REVOKED);
                assertThat(new Api(service).invalidateUser("joe")).startsWith("200");
                trusting.await(Watched.token("corp", "joe"), REVOKED);

                mistrusting.awaitTold("heartbeat: not signed");
                assertThat(mistrusting.view().status().isFresh()).isFalse();
            }
        }
    }

    @Test
    void isStaleIfTheServiceDoesNotSign() {
        try (RunningService service = RunningService.start();
                Watched view = view(
                        service,
                        how -> how.signedBy(ISSUER, Issuer.named(ISSUER).jwks()))) {
            view.awaitTold("heartbeat: not signed");
            assertThat(view.view().status().isFresh()).isFalse();
        }
    }

    private static Watched view(RunningService service, UnaryOperator<RevocationViewBuilder> how) {
        return Watched.of(List.of(service.uri("")), how);
    }
}
