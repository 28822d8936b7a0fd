package io.revoker.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A signature holds, or not, whoever verifies it. */
class ProvidersTest {
    private static final Issuer ISSUER = Issuer.named("i");
    private static final Issuer OTHER = Issuer.named("i");
    private static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed448");
    private static final int MUTATIONS = 60;

    private static final Providers NATIVE = Providers.awsLc()
            .map(provider -> new Providers(provider, Optional.of(provider)))
            .orElse(Providers.JAVA);

    static Stream<Arguments> all() {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> Stream.of(NATIVE, Providers.JAVA)
                        .map(providers -> Arguments.of(algorithm, providers.described(), providers)));
    }

    /** Its library is in the jar for this platform alone. */
    @Test
    void isNativeOnLinuxOfX86() {
        boolean there = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");

        assertThat(Providers.awsLc().isPresent()).isEqualTo(there);
        assertThat(Providers.fastest().rsa().isPresent()).isEqualTo(there);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void knowsWhatAKeyHasSigned(String algorithm, String name, Providers providers) {
        Signed token = Signed.by(algorithm);

        assertThat(token.keys(providers)).hasSize(1);
        assertThat(token.holds(providers)).isTrue();
        assertThat(token.of("other").holds(providers)).isFalse();
        assertThat(Signed.by(OTHER, algorithm).holds(providers)).isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void refusesWhatIsNoSignature(String algorithm, String name, Providers providers) {
        Signed token = Signed.by(algorithm);
        int length = token.signature().length;

        for (int wrong : new int[] {0, 1, length / 2, length - 1, length + 1, 2 * length}) {
            assertThat(token.with(new byte[wrong]).holds(providers))
                    .as("%d zeros", wrong)
                    .isFalse();
            byte[] cut = Arrays.copyOf(token.signature(), wrong);
            assertThat(token.with(cut).holds(providers)).as("%d bytes", wrong).isFalse();
        }
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(token.with(ones).holds(providers)).isFalse();
        assertThat(token.with(new byte[length]).holds(providers)).isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void refusesEachThatDiffersInOneBit(String algorithm, String name, Providers providers) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Signed token = Signed.by(algorithm);
        List<Key> keys = token.keys(providers);

        for (int i = 0; i < MUTATIONS; i++) {
            byte[] flipped = token.signature().clone();
            int bit = random.nextInt(8 * flipped.length);
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(token.with(flipped).holds(keys))
                    .as("bit %d, seed %d", bit, seed)
                    .isFalse();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signed(Algorithm algorithm, String text, byte[] signature) {
        static Signed by(String algorithm) {
            return by(ISSUER, algorithm);
        }

        static Signed by(Issuer issuer, String algorithm) {
            String token = issuer.accessToken(algorithm, "");
            int end = token.lastIndexOf('.');
            return new Signed(
                    Algorithm.named(algorithm).orElseThrow(),
                    token.substring(0, end),
                    Base64.getUrlDecoder().decode(token.substring(end + 1)));
        }

        Signed of(String other) {
            return new Signed(algorithm, other, signature);
        }

        Signed with(byte[] other) {
            return new Signed(algorithm, text, other);
        }

        boolean holds(Providers providers) {
            return holds(keys(providers));
        }

        boolean holds(List<Key> keys) {
            return keys.stream()
                    .anyMatch(key -> key.verifies(algorithm, text.getBytes(StandardCharsets.UTF_8), signature));
        }

        /** The one that its issuer has for the algorithm. */
        List<Key> keys(Providers providers) {
            return KeySet.read(ISSUER.jwks().getBytes(StandardCharsets.UTF_8), providers)
                    .candidates(algorithm, Optional.of(Issuer.keyId(algorithm.wireName())));
        }
    }
}
