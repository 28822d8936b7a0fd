package io.revoker.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class LookUpsTest {
    @Test
    void areRefusedAboveTheLimitAndHaveRoomAgainWhenOneEnds() {
        LookUps lookUps = new LookUps(2);
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
