package io.revoker.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.caller.ClientCallers.Fingerprints;
import io.revoker.caller.Credentials.Claim;
import io.revoker.caller.Credentials.Presented;
import io.revoker.caller.Credentials.Scheme;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private final Fingerprints fingerprints = new Fingerprints();

    @Test
    void namesEqualCredentialsAlikeWhateverTheScheme() {
        assertThat(fingerprints.of(presented(Scheme.BASIC, "ops", "top")))
                .isEqualTo(fingerprints.of(presented(Scheme.API_KEY, "ops", "top")));
    }

    @Test
    void tellsIdFromSecret() {
        assertThat(List.of(
                        fingerprints.of(presented(Scheme.BASIC, "ops", "top")),
                        fingerprints.of(presented(Scheme.BASIC, "opst", "op")),
                        fingerprints.of(presented(Scheme.BASIC, "ops", "Top"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void meansNothingToAnotherProcess() {
        Presented presented = presented(Scheme.BASIC, "ops", "top");

        assertThat(new Fingerprints().of(presented)).isNotEqualTo(fingerprints.of(presented));
    }

    private static Presented presented(Scheme scheme, String id, String secret) {
        return new Presented(scheme, List.of(Claim.of(id, secret).orElseThrow()));
    }
}
