package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes: a target or a refusal that can be rendered, and never another exception. */
class AnyBytesTest {
    private static final int CASES = 15_000;
    private static final long SEED = Long.getLong("revoker.test.seed", 20_260_101);
    private static final List<String> SAMPLES = List.of(
            "{\"token\":\"dGhpcyBpcyBub3QgYSByZWFsIHRva2Vu\"}",
            "{\"refresh_token\":\"a\\u00e9\\ud83d\\ude00b\"}",
            "{ \"realm_name\" : \"r\", \"username\" : \"j\u00f6e\" }",
            "{\"token\":\"a\",\"refresh_token\":\"b\",\"realm_name\":\"r\",\"username\":\"u\"}",
            "{\"token\":null,\"username\":[1,{\"a\":1.5e3}],\"x\":true}");
    private static final String PUNCTUATION = "{}[]\",:\\u/*&!|>-?#%@` \n\t'";

    @ParameterizedTest
    @EnumSource
    void giveATargetOrARefusal(WireFormat format) throws IOException {
        Random random = new Random(SEED);
        List<byte[]> samples = samples(format);
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] body = i % 5 == 0 ? noise(random) : mutated(samples.get(random.nextInt(samples.size())), random);
            refused += refusals(body, format);
        }

        assertThat(refused).as("seed %d", SEED).isBetween(1, CASES - 1);
    }

    private static int refusals(byte[] body, WireFormat format) {
        Throwable thrown =
                catchThrowable(() -> InvalidateRequestParser.parse(body, format).validate());
        if (thrown == null) {
            return 0;
        }
        assertThat(thrown)
                .as("seed %d, %s %s", SEED, format, HexFormat.of().formatHex(body))
                .isInstanceOfSatisfying(ElasticError.class, fault -> requireAnswerable(fault, format));
        return 1;
    }

    private static void requireAnswerable(ElasticError fault, WireFormat format) {
        Rendering rendering = new Rendering(format, EnumSet.allOf(Rendering.Option.class), FieldFilter.NONE);

        assertThat(fault.status()).isEqualTo(400);
        assertThat(ElasticAnswer.of(fault, rendering).body()).isNotEmpty();
    }

    private static List<byte[]> samples(WireFormat format) throws IOException {
        List<byte[]> samples = new ArrayList<>();
        for (String sample : SAMPLES) {
            JsonNode tree = new ObjectMapper().readTree(sample);
            samples.add(format.writer().writeValueAsBytes(tree));
        }
        return samples;
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] mutated(byte[] sample, Random random) {
        byte[] body = sample.clone();
        for (int i = random.nextInt(4); i > 0 && body.length > 0; i--) {
            body = mutatedOnce(body, random);
        }
        return body;
    }

    private static byte[] mutatedOnce(byte[] body, Random random) {
        int at = random.nextInt(body.length);
        switch (random.nextInt(5)) {
            case 0 -> body[at] = (byte) random.nextInt(256);
            case 1 -> body[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> body[at] = (byte) PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length()));
            case 3 -> {
                return Arrays.copyOf(body, at);
            }
            default -> {
                byte[] doubled = Arrays.copyOf(body, body.length + at);
                System.arraycopy(body, 0, doubled, body.length, at);
                return doubled;
            }
        }
        return body;
    }
}
