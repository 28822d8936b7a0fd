package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.http.ssf.Receiver.Polled;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that receivers poll for (RFC 8936), of two instances of the service, one of which may end. */
class PollTest {
    private static final String FOLLOWER = "follower";
    private static final String CORP_FOLLOWER = "corp-follower";
    private static final Duration LONG = Duration.ofSeconds(60);

    private static String[] options;
    private static RunningService service;
    private static RunningService other;
    private static Receiver receiver;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path clients = Files.writeString(
                directory.resolve("clients.yaml"),
                ClientFiles.text() + ClientFiles.another(FOLLOWER, "[feed]")
                        + ClientFiles.another(CORP_FOLLOWER, "[feed]") + "    realms: [corp]\n");
        options = new String[] {
            "--redis.prefix=" + Api.fresh("ssf"),
            "--oauth.issuer=" + Receiver.ISSUER,
            "--signing.file=" + SigningFile.in(directory),
            "--clients.file=" + clients,
            "--ssf.enabled=true",
            "--ssf.poll-timeout=" + LONG.toSeconds() + "s",
            "--ssf.verification-interval=0s"
        };
        service = RunningService.start(options);
        other = RunningService.start(options);
        receiver = new Receiver(service, FOLLOWER);
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
    }

    /** A client may have ten. */
    @AfterEach
    void removeStreams() {
        receiver.removeStreams();
        new Receiver(service, CORP_FOLLOWER).removeStreams();
    }

    @Test
    void tellsWhoseSessionsHaveEnded() {
        String stream = receiver.stream();
        String user = Api.fresh("joe");
        long before = System.currentTimeMillis() / 1000 - 5;
        revoke("{'target':{'realm_name':'corp','username':'" + user + "'},'reason':{'code':'policy','text':'weekly'}}");

        Polled polled = receiver.poll(stream, Receiver.AT_ONCE);

        assertThat(polled.sets()).hasSize(1);
        assertThat(polled.more()).isFalse();
        JsonNode set = polled.all().get(0);
        assertThat(set.required("sub_id"))
                .hasToString("{\"format\":\"complex\",\"user\":{\"format\":\"iss_sub\",\"iss\":\"" + Receiver.ISSUER
                        + "\",\"sub\":\"" + user + "\"},\"tenant\":{\"format\":\"opaque\",\"id\":\"corp\"}}");
        JsonNode event = set.required("events").required(Receiver.REVOKED);
        assertThat(event.required("event_timestamp").longValue()).isGreaterThan(before);
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
        revoke("{'target':" + target.replace("USER", name) + "}");

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'realm_name':'quiet','username':'joe','token_type':'refresh_token'}",
                "{'realm_name':'quiet','kid':'k'}"
            })
    void saysNothingOfWhatIsNoSession(String target) {
        String stream = receiver.stream();
        String token = access("quiet", "joe");
        revoke("{'target':" + target + "}");
        revoke("{'target':{'token':'" + token + "'}}");

        assertThat(receiver.drain(stream)).isEmpty();
    }

    @Test
    void deliversAgainWhatWasNotAcknowledgedAndNothingElse() {
        String stream = receiver.stream();
        List<String> users = revokeSome(5);

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
        List<String> users = revokeSome(3);
        Polled first = receiver.poll(stream, "{'maxEvents':1,'returnImmediately':true}");
        Polled second = new Receiver(other, FOLLOWER).poll(stream, first.acknowledging());

        assertThat(second.users()).isEqualTo(users.subList(1, 3));
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        List<String> users;
        Polled first;
        String stream;
        try (RunningService mortal = RunningService.start(options)) {
            Receiver before = new Receiver(mortal, FOLLOWER);
            stream = before.stream();
            users = revokeSome(3);
            first = before.poll(stream, "{'maxEvents':1,'returnImmediately':true}");
            before.poll(stream, first.acknowledging().replace("true", "true,'maxEvents':0"));
        }
        try (RunningService reborn = RunningService.start(options)) {
            Receiver after = new Receiver(reborn, FOLLOWER);
            assertThat(after.drain(stream))
                    .extracting(set -> set.at("/sub_id/user/sub").asText())
                    .isEqualTo(users.subList(1, 3));
        }
    }

    /** More than one page of the log, most of it for others. */
    @Test
    void findsTheFewEventsAmongManyOthers() {
        Receiver ofCorp = new Receiver(service, CORP_FOLLOWER);
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
        List<String> users = revokeSome(1);

        assertThat(ofCorp.drain(stream))
                .extracting(set -> set.at("/sub_id/user/sub").asText())
                .isEqualTo(users);
    }

    @Test
    void waitsForAnEvent() {
        String stream = receiver.stream();
        CompletableFuture<Reply> waiting =
                receiver.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
        Waiting.until("waits", () -> service.inFlight() > 0);

        List<String> users = revokeSome(1);

        assertThat(receiver.read(waiting.join()).users()).isEqualTo(users);
    }

    @Test
    void waitsForAnEventThatComesThroughAnotherInstance() {
        String stream = receiver.stream();
        CompletableFuture<Reply> waiting =
                receiver.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
        Waiting.until("waits", () -> service.inFlight() > 0);

        assertThat(new Receiver(other, FOLLOWER)
                        .send("POST", "/ssf/verify", "{'stream_id':'" + stream + "','state':'s'}")
                        .status())
                .isEqualTo(204);

        assertThat(receiver.read(waiting.join()).all().get(0).required("events").has(Receiver.VERIFICATION))
                .isTrue();
    }

    /** On one event loop, where they meet. */
    @Test
    void answersAnEarlierPollWhenALaterOneWaits() {
        String stream = receiver.stream();
        try (RunningService single = RunningService.start(with("--runtime.instances=1"))) {
            Receiver there = new Receiver(single, FOLLOWER);
            CompletableFuture<Reply> earlier =
                    there.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
            Waiting.until("waits", () -> single.inFlight() == 1);
            CompletableFuture<Reply> later =
                    there.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();

            assertThat(there.read(earlier.join()).sets()).isEmpty();

            revokeSome(1);
            assertThat(there.read(later.join()).sets()).hasSize(1);
        }
    }

    @Test
    void answersAPollWhenTheServiceEnds() {
        String stream = receiver.stream();
        RunningService ending = RunningService.start(options);
        CompletableFuture<Reply> poll = new Receiver(ending, FOLLOWER)
                .call("POST", "/ssf/poll/" + stream)
                .json("{}")
                .sendAsync();
        Waiting.until("waits", () -> ending.inFlight() > 0, ending::close);

        ending.close();

        assertThat(poll.join().body()).isEqualTo("{\"sets\":{},\"moreAvailable\":false}");
    }

    private static String[] with(String more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void showsACallerOfOneRealmOnlyWhatIsOfThatRealm() {
        Receiver ofCorp = new Receiver(service, CORP_FOLLOWER);
        String stream = ofCorp.stream();
        String all = receiver.stream();
        String user = Api.fresh("joe");
        revoke("{'target':{'realm_name':'partners','username':'" + user + "'}}");
        revoke("{'target':{'realm_name':'partners'}}");
        revoke("{'target':{'username':'" + user + "'}}");
        revoke("{'target':{'realm_name':'corp','username':'" + user + "'}}");

        assertThat(ofCorp.drain(stream))
                .extracting(set -> set.at("/sub_id/tenant/id").asText())
                .containsExactly("corp");
        assertThat(receiver.drain(all)).hasSize(4);
        assertThat(ofCorp.send("POST", "/ssf/poll/" + all, Receiver.AT_ONCE).status())
                .as("a stream of another client")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
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

    private static List<String> revokeSome(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String user = Api.fresh("joe");
                    revoke("{'target':{'realm_name':'corp','username':'" + user + "'}}");
                    return user;
                })
                .toList();
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

    private static void revoke(String body) {
        Reply reply = new Receiver(service, ClientFiles.ROOT).send("POST", "/v1/revocations", body);
        assertThat(reply.status()).as(reply.body()).isIn(200, 404);
    }
}
