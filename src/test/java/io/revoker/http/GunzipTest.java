package io.revoker.http;

import static io.revoker.testing.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.ext.web.handler.HttpException;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class GunzipTest {
    private static final int LIMIT = 1000;
    private static final byte[] BODY = noise(LIMIT);

    @Test
    void inflatesUpToTheLimit() {
        assertThat(Gunzip.inflate(gzip(BODY), LIMIT).getBytes()).isEqualTo(BODY);
        assertThatFails(gzip(noise(LIMIT + 1)), 413);
    }

    @Test
    void inflatesAllMembers() {
        byte[] half = gzip(Arrays.copyOf(BODY, LIMIT / 2));
        byte[] twice = Arrays.copyOf(half, 2 * half.length);
        System.arraycopy(half, 0, twice, half.length, half.length);

        assertThat(Gunzip.inflate(twice, LIMIT).length()).isEqualTo(LIMIT);
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

        assertThatFails(Arrays.copyOf(sound, sound.length - 1), 400);
        assertThatFails(Arrays.copyOf(sound, 5), 400);
        assertThatFails(wrongSum, 400);
        assertThatFails(BODY, 400);
    }

    private static AbstractThrowableAssert<?, ?> assertThatFails(byte[] body, int status) {
        return assertThatThrownBy(() -> Gunzip.inflate(body, LIMIT))
                .isInstanceOfSatisfying(
                        HttpException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(status));
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
