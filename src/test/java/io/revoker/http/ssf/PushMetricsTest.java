package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of pushes. */
class PushMetricsTest {
    private static final String PUSHES = "revoker_ssf_pushes_total";
    private static final String LAG = "revoker_ssf_push_lag_seconds";

    private RunningService service;
    private Receiver receiver;
    private final PushEndpoint endpoint = PushEndpoint.start();

    @BeforeEach
    void start(@TempDir Path directory) {
        service = RunningService.start(Transmitting.options(
                directory,
                "--ssf.push.allow-private-addresses=true",
                "--ssf.push.timeout=3s",
                "--ssf.push.longest-pause=500ms"));
        receiver = new Receiver(service, Transmitting.FOLLOWER);
    }

    @AfterEach
    void close() {
        service.close();
        endpoint.close();
    }

    @Test
    void knowWhatCanHappenBeforeItDoes() {
        assertThat(scrape().samples(PUSHES))
                .containsOnlyKeys(
                        "{result=\"accepted\"}",
                        "{result=\"refused\"}",
                        "{result=\"status\"}",
                        "{result=\"timeout\"}",
                        "{result=\"connection\"}",
                        "{result=\"key\"}")
                .allSatisfy((result, count) -> assertThat(count).isZero());
        assertThat(scrape().value("revoker_ssf_pushes_abandoned_total")).isZero();
        assertThat(scrape().samples(LAG)).isEmpty();
    }

    @Test
    void countPushesByTheirResults() {
        endpoint.behave("503", "hang", "cut", "400 {\"err\":\"invalid_key\"}", "202");
        receiver.send("POST", "/ssf/stream", endpoint.delivery());

        String user = new Transmitting(service).revoke("corp");

        endpoint.awaitAccepted(receiver, List.of(user));
        Waiting.until("counted", () -> count("accepted") >= 1);
        assertThat(List.of(count("status"), count("timeout"), count("connection"), count("refused")))
                .allSatisfy(count -> assertThat(count).isPositive());
    }

    @Test
    void countEventsThatAreGivenUp() {
        receiver.send("POST", "/ssf/stream", endpoint.delivery());
        String bad = Api.fresh("bad");
        endpoint.refuse(receiver, bad);

        new Transmitting(service).revoke("corp", bad);

        Waiting.until("given up", () -> scrape().value("revoker_ssf_pushes_abandoned_total") == 1);
    }

    @Test
    void tellHowFarAStreamIsBehind() {
        endpoint.behave("503");
        String stream = receiver.stream(endpoint.delivery());
        receiver.stream();
        String labels = "{client=\"" + Transmitting.FOLLOWER + "\",stream=\"" + stream + "\"}";

        new Transmitting(service).revoke("corp");

        Waiting.until("behind", () -> scrape().samples(LAG).getOrDefault(labels, 0.0) > 1);
        assertThat(scrape().samples(LAG)).as("polled streams have none").containsOnlyKeys(labels);
        assertThat(scrape().value("revoker_ssf_streams")).isEqualTo(2);
        endpoint.behave("202");
        Waiting.until("up to date", () -> scrape().samples(LAG).equals(Map.of(labels, 0.0)));
        receiver.removeStreams();
        Waiting.until("gone", () -> scrape().samples(LAG).isEmpty());
    }

    private double count(String result) {
        return scrape().samples(PUSHES).getOrDefault("{result=\"" + result + "\"}", 0.0);
    }

    private Scrape scrape() {
        return Scrape.of(service);
    }
}
