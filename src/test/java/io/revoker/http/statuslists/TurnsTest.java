package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(2);
    private final List<Promise<String>> begun = new ArrayList<>();

    private Future<String> take() {
        return turns.take(() -> {
            Promise<String> work = Promise.promise();
            begun.add(work);
            return work.future();
        });
    }

    @Test
    void letsTheNextOneBeginWhenOneHasEnded() {
        List<Future<String>> all = List.of(take(), take(), take(), take());
        assertThat(begun).hasSize(2);

        begun.get(1).complete("second");

        assertThat(begun).hasSize(3);
        assertThat(all.get(1).result()).isEqualTo("second");
        assertThat(all.get(0).isComplete()).isFalse();
    }

    @Test
    void goesOnAfterAFailure() {
        Future<String> broken = turns.take(() -> {
            throw new IllegalStateException("bug");
        });
        Future<String> failed = take();
        begun.get(0).fail("gone");
        Future<String> last = take();
        begun.get(1).complete("done");

        assertThat(broken.failed()).isTrue();
        assertThat(failed.failed()).isTrue();
        assertThat(last.result()).isEqualTo("done");
    }
}
