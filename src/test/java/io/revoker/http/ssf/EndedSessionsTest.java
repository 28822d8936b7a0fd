package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.http.ssf.Receiver.Polled;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What events tell of revocations (CAEP 1.0, section 3.1). */
class EndedSessionsTest {
    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;

    @BeforeAll
    static void start(@TempDir Path directory) {
        options = Transmitting.options(directory);
        service = RunningService.start(options);
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void removeStreams() {
        to.removeStreams();
    }

    @Test
    void tellsWhoseSessionsHaveEnded() {
        String stream = receiver.stream();
        String user = Api.fresh("joe");
        to.revokeBy("{'target':{'realm_name':'corp','username':'" + user
                + "'},'reason':{'code':'policy','text':'weekly'}}");

        Polled polled = receiver.poll(stream, Receiver.AT_ONCE);

        assertThat(polled.sets()).hasSize(1);
        assertThat(polled.more()).isFalse();
        JsonNode set = polled.all().get(0);
        assertThat(set.required("sub_id"))
                .hasToString("{\"format\":\"complex\",\"user\":{\"format\":\"iss_sub\",\"iss\":\"" + Receiver.ISSUER
                        + "\",\"sub\":\"" + user + "\"},\"tenant\":{\"format\":\"opaque\",\"id\":\"corp\"}}");
        JsonNode event = set.required("events").required(Receiver.REVOKED);
        assertThat(event.required("event_timestamp"))
                .as("the second in which it was revoked has passed")
                .hasToString(Long.toString(
                        -Math.floorDiv(-Long.parseLong(set.path("txn").asText()), 1_000_000L)));
        assertThat(event.required("initiating_entity").textValue()).isEqualTo("policy");
        assertThat(event.at("/reason_admin/en").textValue()).isEqualTo("policy: weekly");
        assertThat(set.required("txn").textValue()).matches("\\d{16}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'username':'USER'}; {'user':'USER'}",
                "{'realm_name':'USER'}; {'tenant':'USER'}",
                "{'realm_name':'corp','username':'USER','session_id':'s1'}; {'user':'USER','tenant':'corp','session':'s1'}",
                "{'realm_name':'corp','session_id':'USER'}; {'tenant':'corp','session':'USER'}",
                "{'realm_name':'corp','username':'USER','client_id':'app'}; {'user':'USER','tenant':'corp','application':'app'}"
            })
    void namesWhatTheRevokedSessionsHaveInCommon(String target, String subject) {
        String stream = receiver.stream();
        String name = Api.fresh("n");
        to.revokeBy("{'target':" + target.replace("USER", name) + "}");

        JsonNode named = receiver.drain(stream).get(0).required("sub_id");

        StringBuilder members = new StringBuilder();
        named.properties().stream()
                .filter(member -> member.getValue().isObject())
                .forEach(member -> members.append(members.isEmpty() ? "{'" : ",'")
                        .append(member.getKey())
                        .append("':'")
                        .append(member.getValue()
                                .path(member.getKey().equals("user") ? "sub" : "id")
                                .asText())
                        .append('\''));
        assertThat(members.append('}')).hasToString(subject.replace("USER", name));
    }

    /** Receivers end what has begun before the whole second that they are told. */
    @Test
    void tellsTheNextWholeSecondOfAnInstantWithin() {
        String stream = receiver.stream();
        Instant within = Instant.ofEpochSecond(System.currentTimeMillis() / 1000 - 600, 1000);
        to.revokeBy("{'target':{'realm_name':'corp','username':'" + Api.fresh("joe") + "'},'issued_before':'" + within
                + "'}");

        JsonNode event = receiver.drain(stream).get(0).at("/events").path(Receiver.REVOKED);

        assertThat(event.required("event_timestamp")).hasToString(Long.toString(within.getEpochSecond() + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'client_id':'app'"})
    void tellsUntilWhenSessionsHadBegun(String client) {
        String stream = receiver.stream();
        long before = System.currentTimeMillis() / 1000 - 600;
        to.revokeBy("{'target':{'realm_name':'corp','username':'" + Api.fresh("joe") + "'" + client
                + "},'issued_before':'" + Instant.ofEpochSecond(before) + "'}");

        JsonNode set = receiver.drain(stream).get(0);

        assertThat(set.at("/events")
                        .path(Receiver.REVOKED)
                        .path("event_timestamp")
                        .longValue())
                .isEqualTo(before);
        assertThat(set.required("sub_id").has("application")).isEqualTo(!client.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'realm_name':'quiet','username':'joe','token_type':'refresh_token'}",
                "{'realm_name':'quiet','kid':'k'}"
            })
    void saysNothingOfWhatIsNoSession(String target) {
        String stream = receiver.stream();
        String token = access("quiet", "joe");
        to.revokeBy("{'target':" + target + "}");
        to.revokeBy("{'target':{'token':'" + token + "'}}");

        assertThat(receiver.drain(stream)).isEmpty();
    }

    private static String access(String realm, String user) {
        return new Receiver(service, ClientFiles.ROOT)
                .send(
                        "POST",
                        "/v1/tokens",
                        "{'realm_name':'" + realm + "','username':'" + user + "','mint':['access_token']}")
                .json()
                .required("access_token")
                .textValue();
    }
}
