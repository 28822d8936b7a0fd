package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.audit.AuditRequests.Note;
import io.revoker.domain.audit.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However often strangers are refused, and however short the interval is, they get few entries. */
class StrangersTest {
    private static final Instant NOW = Instant.EPOCH;

    private final RefusedRequests refusals = new RefusedRequests();

    @Test
    void getFewEntriesInAnHour() {
        List<Note> notes = new ArrayList<>(refusals.drain(NOW));
        for (int i = 0; i < 1000; i++) {
            refuse(i);
            notes.addAll(refusals.drain(NOW.plusSeconds(i)));
        }
        assertThat(notes).hasSize(10);

        List<Note> later = refusals.drain(NOW.plusSeconds(3600));

        assertThat(later).singleElement().satisfies(note -> {
            assertThat(note.act().origin()).isEqualTo(new Origin("", "several", "several"));
            assertThat(note.result().counts().get(0).number()).isEqualTo(990);
        });
        refuse(1);
        assertThat(refusals.drain(NOW.plusSeconds(3601))).hasSize(1);
    }

    @Test
    void areCountedWhenTheServiceEnds() {
        for (int i = 0; i < 100; i++) {
            refuse(i);
        }

        assertThat(refusals.drain()).hasSize(11);
        assertThat(refusals.drain()).isEmpty();
    }

    private void refuse(int place) {
        refusals.addStranger(new Origin("", "10.0.0." + place, "POST /v1/tokens"));
    }
}
