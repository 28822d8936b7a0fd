package io.revoker.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
    /** Such clocks start anywhere, and may overflow. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private final Approvals approvals = new Approvals(now::get);

    @Test
    void isForWhatWasPreviewedAndNothingElse() {
        ObjectNode previewed = revocation("joe");
        String approval = approvals.give(previewed);
        previewed.put("username", "anna");

        assertThat(approvals.find(approval)).contains(revocation("joe"));
        assertThat(approvals.find(approval.substring(1))).isEmpty();
    }

    @Test
    void endsAfterFiveMinutes() {
        String approval = approvals.give(revocation("joe"));

        now.addAndGet(Approvals.LIFETIME.toNanos() - 1);
        assertThat(approvals.find(approval)).isPresent();
        now.incrementAndGet();
        assertThat(approvals.find(approval)).isEmpty();
    }

    @Test
    void keepsTheNewestOnly() {
        String first = approvals.give(revocation("joe"));
        String second = approvals.give(revocation("joe"));
        for (int i = 0; i < 99; i++) {
            approvals.give(revocation("anna"));
        }

        assertThat(approvals.find(first)).isEmpty();
        assertThat(approvals.find(second)).isPresent();
    }

    private static ObjectNode revocation(String user) {
        return JsonNodeFactory.instance.objectNode().put("username", user);
    }
}
