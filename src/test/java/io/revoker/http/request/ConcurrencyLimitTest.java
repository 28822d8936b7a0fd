package io.revoker.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    @Test
    void areRefusedAboveTheLimitAndHaveRoomAgainWhenOneEnds() {
        ConcurrencyLimit lookUps = new ConcurrencyLimit(2, "sessions", "looked up");
        Promise<String> first = Promise.promise();
        Promise<String> second = Promise.promise();
        Future<String> begun = lookUps.run(first::future);
        assertThat(lookUps.run(second::future).isComplete()).isFalse();
        assertThat(lookUps.run(() -> Future.succeededFuture("more")).failed()).isTrue();
        first.complete("found");
        assertThat(begun.result()).isEqualTo("found");
        second.fail("lost");
        assertThat(lookUps.run(() -> Future.succeededFuture("more")).result()).isEqualTo("more");
        assertThat(lookUps.run(() -> Future.succeededFuture("more")).result()).isEqualTo("more");
    }
}
