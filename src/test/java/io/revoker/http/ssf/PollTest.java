package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.ssf.Receiver.Polled;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that receivers poll for (RFC 8936), of two instances of the service, one of which may end. */
class PollTest {
    private static RunningService other;
    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;

    @BeforeAll
    static void start(@TempDir Path directory) {
        options = Transmitting.options(directory, "--ssf.verification-interval=0s");
        service = RunningService.start(options);
        other = RunningService.start(options);
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
    }

    @AfterEach
    void removeStreams() {
        to.removeStreams();
    }

    @Test
    void deliversAgainWhatWasNotAcknowledgedAndNothingElse() {
        String stream = receiver.stream();
        List<String> users = to.revokeSome(5);

        Polled first = receiver.poll(stream, "{'maxEvents':2,'returnImmediately':true}");
        assertThat(first.users()).isEqualTo(users.subList(0, 2));
        assertThat(first.more()).isTrue();

        Polled again = receiver.poll(stream, "{'maxEvents':3,'returnImmediately':true}");
        assertThat(again.users()).isEqualTo(users.subList(0, 3));
        assertThat(again.sets().keySet()).containsAll(first.sets().keySet());

        String second = List.copyOf(again.sets().keySet()).get(1);
        Polled others = receiver.poll(stream, "{'returnImmediately':true,'ack':['" + second + "','unknown','x.1']}");
        assertThat(others.users()).containsExactly(users.get(0), users.get(2), users.get(3), users.get(4));

        String refused = List.copyOf(others.sets().keySet()).get(0);
        Polled rest = receiver.poll(
                stream, "{'maxEvents':0,'setErrs':{'" + refused + "':{'err':'invalid_request','description':'?'}}}");
        assertThat(rest.sets()).isEmpty();
        assertThat(rest.more()).isTrue();
        assertThat(receiver.poll(stream, Receiver.AT_ONCE).users()).isEqualTo(users.subList(2, 5));
        receiver.drain(stream);
        assertThat(receiver.poll(stream, Receiver.AT_ONCE).sets()).isEmpty();
    }

    @Test
    void goesOnAtAnotherInstanceWhereItWas() {
        String stream = receiver.stream();
        List<String> users = to.revokeSome(3);
        Polled first = receiver.poll(stream, "{'maxEvents':1,'returnImmediately':true}");
        Polled second = new Receiver(other, Transmitting.FOLLOWER).poll(stream, first.acknowledging());

        assertThat(second.users()).isEqualTo(users.subList(1, 3));
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        List<String> users;
        Polled first;
        String stream;
        try (RunningService mortal = RunningService.start(options)) {
            Receiver before = new Receiver(mortal, Transmitting.FOLLOWER);
            stream = before.stream();
            users = to.revokeSome(3);
            first = before.poll(stream, "{'maxEvents':1,'returnImmediately':true}");
            before.poll(stream, first.acknowledging().replace("true", "true,'maxEvents':0"));
        }
        try (RunningService reborn = RunningService.start(options)) {
            Receiver after = new Receiver(reborn, Transmitting.FOLLOWER);
            assertThat(after.drain(stream))
                    .extracting(set -> set.at("/sub_id/user/sub").asText())
                    .isEqualTo(users.subList(1, 3));
        }
    }

    /** More than one page of the log, most of it for others. */
    @Test
    void findsTheFewEventsAmongManyOthers() {
        Receiver ofCorp = to.ofCorp();
        String stream = ofCorp.stream();
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 2500)
                .forEach(i -> lines.append("{\"realm_name\":\"partners\",\"username\":\"many-" + i + "\"}\n"));
        assertThat(service.call("POST", "/v1/revocations")
                        .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                        .header("Content-Type", "application/x-ndjson")
                        .body(lines.toString())
                        .send()
                        .status())
                .isEqualTo(200);
        List<String> users = to.revokeSome(1);

        assertThat(ofCorp.drain(stream))
                .extracting(set -> set.at("/sub_id/user/sub").asText())
                .isEqualTo(users);
    }

    @Test
    void showsACallerOfOneRealmOnlyWhatIsOfThatRealm() {
        Receiver ofCorp = to.ofCorp();
        String stream = ofCorp.stream();
        String all = receiver.stream();
        String user = Api.fresh("joe");
        to.revokeBy("{'target':{'realm_name':'partners','username':'" + user + "'}}");
        to.revokeBy("{'target':{'realm_name':'partners'}}");
        to.revokeBy("{'target':{'username':'" + user + "'}}");
        to.revokeBy("{'target':{'realm_name':'corp','username':'" + user + "'}}");

        assertThat(ofCorp.drain(stream))
                .extracting(set -> set.at("/sub_id/tenant/id").asText())
                .containsExactly("corp");
        assertThat(receiver.drain(all)).hasSize(4);
        assertThat(ofCorp.send("POST", "/ssf/poll/" + all, Receiver.AT_ONCE).status())
                .as("a stream of another client")
                .isEqualTo(404);
    }

    /** More than it gives anyway, in whatever a program counts with. */
    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "9007199254740993", "9223372036854775807", "18446744073709551616"})
    void givesNoMoreEventsThanThereAre(String most) {
        String stream = receiver.stream();
        List<String> users = to.revokeSome(2);

        assertThat(receiver.poll(stream, "{'maxEvents':" + most + ",'returnImmediately':true}")
                        .users())
                .isEqualTo(users);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'maxEvents':1e3}",
                "{'maxEvents':100.0}",
                "{'maxEvents':-9223372036854775809}",
                "{'maxEvents':-1}",
                "{'maxEvents':'1'}",
                "{'maxEvents':1.5}",
                "{'returnImmediately':1}",
                "{'ack':'x'}",
                "{'setErrs':['x']}",
                "{"
            })
    void refusesAPollThatItDoesNotUnderstand(String body) {
        String stream = receiver.stream();
        assertThat(receiver.send("POST", "/ssf/poll/" + stream, body).status()).isEqualTo(400);
    }
}
