package io.revoker.audit;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The end of a sweep has an entry with its counts, if the entry of its revocation does not have them. */
class SweepEntryTest {
    private static final String[] SLOW = {"--sweep.rate-limit=1", "--sweep.batch-size=1"};

    private final String realm = Api.fresh("realm");

    @Test
    void tellsWhatASweepHasCountedThatNobodyHasWaitedFor() {
        try (RunningService service = RunningService.start()) {
            Api api = new Api(service);
            api.access(realm, "joe");
            api.access(realm, "ann");
            String body = "{\"target\":{\"realm_name\":\"" + realm
                    + "\"},\"reason\":{\"code\":\"policy\",\"text\":\"end of trial\"}}";

            String sweep = service.call("POST", "/v1/revocations?wait_for_completion=false")
                    .json(body)
                    .send()
                    .json()
                    .required("sweep")
                    .asText();
            until("told", () -> !entries(service, "sweep").isEmpty());

            assertThat(entries(service, "revocation"))
                    .singleElement()
                    .satisfies(
                            entry -> assertThat(entry.path("outcome").asText()).isEqualTo("begun"))
                    .satisfies(entry -> assertThat(entry.path("stamp").asText()).isEqualTo(sweep));
            JsonNode end = entries(service, "sweep").get(0);
            assertThat(end.path("stamp").asText()).isEqualTo(sweep);
            assertThat(end.path("outcome").asText()).isEqualTo("done");
            assertThat(end.path("invalidated_tokens").asInt()).isEqualTo(2);
            assertThat(end.path("caller").asText()).isEqualTo("anonymous");
            assertThat(end.path("via").asText()).isEqualTo("sweep");
            assertThat(end.at("/reason/text").asText()).isEqualTo("end of trial");
        }
    }

    @Test
    void saysNothingTwiceToACallerThatHasWaited() {
        try (RunningService service = RunningService.start()) {
            Api api = new Api(service);
            api.access(realm, "joe");
            assertThat(api.invalidateRealm(realm)).isEqualTo("200 1,0,0");

            assertThat(entries(service, "revocation")).hasSize(1);
            assertThat(entries(service, "sweep")).isEmpty();
        }
    }

    @Test
    void tellsHowManyWereCountedOfASweepThatWasStopped() {
        try (RunningService service = RunningService.start(SLOW)) {
            Api api = new Api(service);
            IntStream.range(0, 50).forEach(i -> api.access(realm, "user-" + i));
            String sweep = api.beginSweep("{\"realm_name\":\"" + realm + "\"}");
            service.call("DELETE", "/v1/sweeps/" + sweep).send();
            until("told", () -> !entries(service, "sweep").isEmpty());

            JsonNode end = entries(service, "sweep").get(0);
            assertThat(end.path("stamp").asText()).isEqualTo(sweep);
            assertThat(end.path("outcome").asText()).isEqualTo("stopped");
            assertThat(end.path("invalidated_tokens").asInt())
                    .isEqualTo(api.sweep(sweep).path("invalidated_tokens").asInt())
                    .isLessThan(50);
            assertThat(entries(service, "stop")).hasSize(1);
        }
    }

    @Test
    void tellsTheCountsThatACallerHadNotThePatienceFor() {
        try (RunningService service = RunningService.start("--sweep.patience=1ms", "--sweep.rate-limit=20", SLOW[1])) {
            Api api = new Api(service);
            IntStream.range(0, 30).forEach(i -> api.access(realm, "user-" + i));
            assertThat(api.invalidate("{\"realm_name\":\"" + realm + "\"}").status())
                    .isGreaterThanOrEqualTo(200);
            until("told", () -> !entries(service, "sweep").isEmpty());

            assertThat(entries(service, "sweep")
                            .get(0)
                            .path("invalidated_tokens")
                            .asInt())
                    .isEqualTo(30);
            assertThat(entries(service, "revocation").get(0).path("detail").asText())
                    .contains(entries(service, "sweep").get(0).path("stamp").asText());
        }
    }

    private List<JsonNode> entries(RunningService service, String kind) {
        return service.call("GET", "/v1/audit?realm_name=" + realm + "&kind=" + kind)
                .send()
                .each("entries");
    }
}
