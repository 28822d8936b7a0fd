package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepsOfTheClientTest extends OneNodeTest {
    private static final String SWEEP = """
            {"sweep":"1795363200000000","state":"running","target":{"realm_name":"corp"},"started_at":"2026-11-22T18:40:00Z",
             "invalidated_tokens":5000000000,"previously_invalidated_tokens":1,"error_count":2}""";
    private static final SweepProgress STATUS = new SweepProgress(
            "1795363200000000",
            "running",
            Optional.of("corp"),
            Optional.empty(),
            Optional.empty(),
            5_000_000_000L,
            1,
            2);

    @Test
    void beginsAnInvalidationWithoutWaiting() throws IOException {
        node.answering(202, "{\"sweep\":\"1795363200000000\"}");

        String sweep = client.beginInvalidation(InvalidateTokenRequest.realmTokens("corp"));

        ScriptedNode.Received received = node.next();
        assertThat(sweep).isEqualTo("1795363200000000");
        assertThat(received.method() + " " + received.uri())
                .isEqualTo("DELETE /_security/oauth2/token?wait_for_completion=false");
        assertThat(received.body()).isEqualTo("{\"realm_name\":\"corp\"}");
    }

    @Test
    void countsASingleTokenAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.beginInvalidation(InvalidateTokenRequest.accessToken("a")))
                .withMessage("request: of a single token (expected: of a realm or a user)");
    }

    @Test
    void tellsHowFarASweepHasCome() throws IOException {
        node.answering(200, SWEEP);

        assertThat(client.sweep("1795363200000000")).isEqualTo(STATUS);
        assertThat(node.next().uri()).isEqualTo("/v1/sweeps/1795363200000000");
    }

    @Test
    void tellsWhichSweepCountsForOneThatIsJoined() throws IOException {
        node.answering(200, SWEEP.replace("\"running\"", "\"joined\",\"counted_by\":\"1795363200000007\""));

        SweepProgress joined = client.sweep("1795363200000000");

        assertThat(joined.state()).isEqualTo("joined");
        assertThat(joined.countedBy()).contains("1795363200000007");
    }

    @Test
    void listsTheSweeps() throws IOException {
        node.answering(200, "{\"sweeps\":[" + SWEEP + "," + SWEEP + "]}");

        assertThat(client.sweeps()).containsExactly(STATUS, STATUS);
        assertThat(node.next().uri()).isEqualTo("/v1/sweeps");
    }

    @Test
    void stopsASweep() throws IOException {
        node.answering(200, SWEEP.replace("running", "stopped"));

        assertThat(client.stopSweep("1795363200000000").state()).isEqualTo("stopped");
        assertThat(node.next().method()).isEqualTo("DELETE");
    }

    @Test
    void saysThatThereIsNoSuchSweep() {
        node.answering(
                404, "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"sweep: unknown\"}");

        assertThatThrownBy(() -> client.sweep("1"))
                .isInstanceOfSatisfying(
                        RevokerStatusException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo("sweep: unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1/../..", "1?a", "1234567890123456789"})
    void asksForNoOtherPath(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> client.sweep(name));
        assertThatIllegalArgumentException().isThrownBy(() -> client.stopSweep(name));
    }

    @Test
    void countsBeyondAnInt() throws IOException {
        node.answering(
                200,
                "{\"invalidated_tokens\":5000000000,\"previously_invalidated_tokens\":\"6000000000\",\"error_count\":0}");

        InvalidateTokenResponse response = client.invalidateToken(InvalidateTokenRequest.realmTokens("corp"));

        assertThat(response.getInvalidatedTokens()).isEqualTo(5_000_000_000L);
        assertThat(response.getPreviouslyInvalidatedTokens()).isEqualTo(6_000_000_000L);
    }
}
