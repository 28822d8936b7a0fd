package io.revoker.http.request;

import static io.revoker.testing.Gzip.gzip;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.ext.web.handler.HttpException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class GunzipTest {
    private static final int LIMIT = 1000;
    private static final byte[] BODY = noise(LIMIT);

    @Test
    void inflatesUpToTheLimit() {
        assertThat(Gunzip.inflate(gzip(BODY), LIMIT, "too large").getBytes()).isEqualTo(BODY);
        assertThatFails(gzip(noise(LIMIT + 1)), 413);
    }

    @Test
    void skipsWhatAHeaderMayHold() {
        byte[] plain = gzip(BODY);
        byte[] header = Arrays.copyOf(plain, 10);
        header[3] = 0b1_1110;
        byte[] fields = join(
                header, new byte[] {3, 0, 1, 2, 3}, "name\0".getBytes(ISO_8859_1), "comment\0".getBytes(ISO_8859_1));
        CRC32 sum = new CRC32();
        sum.update(fields);
        byte[] check = {(byte) sum.getValue(), (byte) (sum.getValue() >> 8)};
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);

        assertThat(Gunzip.inflate(join(fields, check, rest), LIMIT, "too large").getBytes())
                .isEqualTo(BODY);
        check[0] ^= 1;
        assertThatFails(join(fields, check, rest), 400);
        for (int length = 0; length < fields.length + 2; length++) {
            assertThatFails(Arrays.copyOf(join(fields, check), length), 400);
        }
    }

    /** Each of them would be a call within the call before. */
    @Test
    void refusesManyEmptyMembers() {
        byte[] empty = gzip(new byte[0]);
        byte[] many = new byte[100_000 * empty.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = empty[i % empty.length];
        }

        assertThatFails(many, 400);
        assertThatFails(join(gzip(BODY), gzip(BODY)), 400);
        assertThat(Gunzip.inflate(empty, LIMIT, "too large").length()).isZero();
    }

    @Test
    void refusesWhatStandsBehind() {
        byte[] sound = gzip(BODY);
        for (int more : new int[] {1, 8, 30, 1000}) {
            assertThatFails(join(sound, new byte[more]), 400);
            assertThatFails(join(sound, noise(more)), 400);
        }
    }

    /** What comes long after the limit is never looked at, however much it would inflate to. */
    @Test
    void stopsAtTheLimit() {
        byte[] large = gzip(noise(1 << 20));
        Arrays.fill(large, large.length / 2, large.length, (byte) 0xFF);

        assertThatFails(large, 413);
    }

    @Test
    void refusesWhatIsDamaged() {
        byte[] sound = gzip(BODY);
        byte[] wrongSum = sound.clone();
        wrongSum[wrongSum.length - 5] ^= 1;

        for (int length = 0; length < sound.length; length++) {
            assertThatFails(Arrays.copyOf(sound, length), 400);
        }
        assertThatFails(wrongSum, 400);
        assertThatFails(BODY, 400);
    }

    private static AbstractThrowableAssert<?, ?> assertThatFails(byte[] body, int status) {
        return assertThatThrownBy(() -> Gunzip.inflate(body, LIMIT, "too large"))
                .isInstanceOfSatisfying(
                        HttpException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(status));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
