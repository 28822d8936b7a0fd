package io.revoker.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.impl.RequestImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
    /** The Redis client of Vert.x 5.0.7 counts one digit too many of some numbers just below powers of ten from 10^15. */
    @ParameterizedTest
    @ValueSource(
            longs = {0, 9, 999_999_999_999_999L, 99_999_999_999_999_593L, 999_999_999_999_999_999L, Long.MAX_VALUE, -1})
    void sendsEachNumberAsItIs(long number) {
        String digits = Long.toString(number);

        Call call = Call.of(Command.SET, "key").arg(number);

        assertThat(((RequestImpl) call.request()).encode().toString())
                .endsWith("$" + digits.length() + "\r\n" + digits + "\r\n");
    }
}
