package io.revoker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.Origin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal acts share an entry, whatever becomes of its announcement. */
class SummariesTest {
    private static final Act ACT = Act.of(Act.Kind.REGISTRATION, Origin.ofBus("one"), "");

    private final List<String> written = new ArrayList<>();
    private Promise<KeptAct> announced = Promise.promise();
    private final Summaries summaries = new Summaries(act -> announced.future(), (act, result) -> {
        written.add(act.name());
        return Future.succeededFuture();
    });

    @Test
    void endsWhenTheAnnouncementFailsThatItWaitsFor() {
        Future<String> counted = count(Future.succeededFuture("created"));
        Future<Void> ended = summaries.end();
        assertThat(ended.isComplete()).isFalse();

        announced.fail("unreachable");

        assertThat(ended.isComplete()).isTrue();
        assertThat(counted.failed()).isTrue();
        assertThat(written).isEmpty();
    }

    @Test
    void announcesAnewAfterAFailure() {
        count(Future.succeededFuture("created"));
        announced.fail("unreachable");
        announced = Promise.promise();

        Future<String> counted = count(Future.succeededFuture("created"));
        announced.complete(kept("second"));

        assertThat(counted.succeeded()).isTrue();
        assertThat(summaries.end().succeeded()).isTrue();
        assertThat(written).containsExactly("second");
    }

    @Test
    void waitsForThoseUnderWay() {
        announced.complete(kept("name"));
        Promise<String> work = Promise.promise();
        count(work.future());
        Future<Void> ended = summaries.end();
        assertThat(ended.isComplete()).isFalse();

        work.complete("created");

        assertThat(ended.succeeded()).isTrue();
        assertThat(written).containsExactly("name");
    }

    private static KeptAct kept(String name) {
        return new KeptAct(name, ACT, Instant.now(), Duration.ofHours(1), (act, what) -> Future.succeededFuture());
    }

    private Future<String> count(Future<String> work) {
        return summaries.count(ACT, () -> work, outcome -> outcome);
    }
}
