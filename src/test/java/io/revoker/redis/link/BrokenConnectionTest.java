package io.revoker.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Redis client reports a connection that broke during a batch as an error reply of the server. */
class BrokenConnectionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR [0] io.netty.channel.unix.Errors$NativeIoException: recvAddress(..) failed with error(-104): Connection reset by peer",
                "ERR [3] java.io.IOException: Broken pipe",
                "ERR [0] io.netty.channel.StacklessClosedChannelException",
            })
    void isNoRefusalOfTheServer(String message) {
        ErrorType failure = ErrorType.create(message);
        assertThat(RedisFailure.isErrorReply(failure)).isFalse();
        assertThat(RedisFailure.translate(failure).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(RedisFailure.translate(failure).text())
                .isEqualTo("Redis: connection lost; commands in flight may have been executed");
        assertThat(RedisFailure.translate(failure).isUnanswered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"READONLY You can't write against a read only replica.", "LOADING Redis is loading"})
    void isUncertainIfOneOfSeveralCommandsWasRefused(String message) {
        ErrorType refusal = ErrorType.create(message);
        assertThat(RedisFailure.translate(refusal).isPassing()).isTrue();
        assertThat(RedisFailure.translate(refusal).isUnanswered()).isFalse();
        assertThat(RedisFailure.ofOneOfSeveral(refusal).isUnanswered()).isTrue();
    }

    @Test
    void isUncertainIfAStepAfterAWriteWasRefused() {
        assertThat(Stream.of(Problem.passing("Redis: not connected"), Problem.overloaded("Redis: too many"))
                        .map(RedisFailure::afterWriting))
                .allSatisfy(failure ->
                        assertThat(Problem.of(failure).isUnanswered()).isTrue());
        Problem damaged = Problem.damaged("Redis: WRONGTYPE");
        assertThat(RedisFailure.afterWriting(damaged)).isSameAs(damaged);
    }

    @Test
    void leavesAnErrorOfTheServerWhatItIs() {
        ErrorType failure = ErrorType.create("ERR [0] Error running script (call to f_1): wrong type");
        assertThat(RedisFailure.isErrorReply(failure)).isTrue();
        assertThat(RedisFailure.translate(failure).kind()).isEqualTo(Problem.Kind.INTERNAL);
    }
}
