package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.domain.TokenId;
import io.revoker.testing.Api;
import io.revoker.testing.EventStream;
import io.revoker.testing.EventStream.Event;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stream of revocations, as its followers get it. */
class StreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start() {
        service = RunningService.start();
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tellsOfSingleTokensByTheirHashAndNeverByTheirText() {
        try (EventStream stream = EventStream.of(service)) {
            Api.Pair pair = api.pair("corp", "joe");
            String alone = api.access("corp", "ann");
            assertThat(api.invalidateAccess(alone)).isEqualTo("200 1,0,0");
            assertThat(revoke("{'refresh_token':'" + pair.refresh() + "','grant':true}"))
                    .isEqualTo(200);

            List<Event> events = stream.await(2);

            JsonNode first = events.get(0).data();
            assertThat(events.get(0).name()).isEqualTo("revocation");
            assertThat(first.path("event").textValue()).isEqualTo("revocation");
            assertThat(first.path("realm_name").textValue()).isEqualTo("corp");
            assertThat(first.path("token_type").textValue()).isEqualTo("access_token");
            assertThat(first.path("token_id").textValue())
                    .isEqualTo(TokenId.of(alone).value());
            assertThat(first.path("hash").textValue()).isEqualTo(hash(alone));
            assertThat(first.path("expires_at").longValue())
                    .isGreaterThan(Instant.now().getEpochSecond());
            assertThat(first.has("partner_hash")).isFalse();
            JsonNode second = events.get(1).data();
            assertThat(second.path("hash").textValue()).isEqualTo(hash(pair.refresh()));
            assertThat(second.path("partner_hash").textValue()).isEqualTo(hash(pair.access()));
            assertThat(events).noneMatch(event -> event.toString().contains(alone));
        }
    }

    @Test
    void tellsOfEveryKindOfMarkInTheOrderOfTheStamps() {
        String realm = Api.fresh("marks");
        try (EventStream stream = EventStream.of(service)) {
            List<String> targets = List.of(
                    "{'realm_name':'" + realm + "'}",
                    "{'username':'joe'}",
                    "{'realm_name':'" + realm + "','username':'joe'}",
                    "{'realm_name':'" + realm + "','client_id':'app'}",
                    "{'realm_name':'" + realm + "','username':'joe','session_id':'s1'}",
                    "{'realm_name':'" + realm + "','token_type':'refresh_token'}",
                    "{'realm_name':'" + realm + "','kid':'k1'}",
                    "{'all':true}");
            targets.forEach(
                    target -> assertThat(document("{'target':" + target + "}")).isEqualTo(200));

            List<Event> events = stream.await(targets.size());

            assertThat(events).extracting(Event::name).containsOnly("mark");
            assertThat(events)
                    .extracting(event -> event.data().path("target"))
                    .containsExactlyElementsOf(
                            targets.stream().map(StreamTest::json).toList());
            assertThat(events)
                    .extracting(event -> event.data().path("hash").textValue())
                    .doesNotHaveDuplicates()
                    .allMatch(hash -> hash.matches("[0-9a-f]{16}"));
            assertThat(events).extracting(event -> Long.valueOf(event.stamp())).isSorted();
            assertThat(events).allMatch(event -> event.id().equals(event.stamp()));
        }
    }

    @Test
    void saysIfOnlyTokensThatWereIssuedBeforeAnInstantAreMeant() {
        try (EventStream stream = EventStream.of(service)) {
            String before = Instant.now()
                    .minusSeconds(60)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
            assertThat(document("{'target':{'username':'old'},'issued_before':'" + before + "'}"))
                    .isEqualTo(200);

            JsonNode mark = stream.await(1).get(0).data();

            assertThat(mark.path("issued_before").textValue()).isEqualTo(before);
            assertThat(mark.path("target")).isEqualTo(json("{'username':'old'}"));
        }
    }

    @Test
    void tellsOfLocksAndOfTheirEnd() {
        String realm = Api.fresh("locked");
        String until = Api.ahead(Duration.ofDays(1));
        try (EventStream stream = EventStream.of(service)) {
            assertThat(document("{'until':'" + until + "','target':{'realm_name':'" + realm
                            + "'},'reason':{'code':'compromise','text':'stolen'}}"))
                    .isEqualTo(200);
            JsonNode lock = stream.await(1).get(0).data();
            String id = lock.path("hash").textValue();

            assertThat(service.call("DELETE", "/v1/locks/" + id).send().status())
                    .isEqualTo(200);

            List<Event> events = stream.await(2);
            assertThat(events).extracting(Event::name).containsExactly("lock", "unlock");
            assertThat(lock.path("until").textValue()).isEqualTo(until);
            assertThat(lock.at("/reason/code").textValue()).isEqualTo("compromise");
            assertThat(events.get(1).data().at("/target/realm_name").textValue())
                    .isEqualTo(realm);
            assertThat(events.get(1).data().path("hash").textValue()).isEqualTo(id);
        }
    }

    @Test
    void beatsWithTheNewestStampAndTheTimeUpToWhichNothingIsMissing() {
        try (EventStream stream = EventStream.of(service)) {
            assertThat(document("{'target':{'username':'ben'}}")).isEqualTo(200);
            String stamp = stream.await(1).get(0).stamp();

            Event beat =
                    stream.await(event -> event.isHeartbeat() && event.stamp().equals(stamp));

            assertThat(beat.id()).isEqualTo(stamp);
            Instant time = Instant.parse(beat.data().path("time").textValue());
            Instant asOf = Instant.parse(beat.data().path("as_of").textValue());
            assertThat(asOf).isBeforeOrEqualTo(time);
            assertThat(beat.data().has("signature")).isFalse();
        }
    }

    @Test
    void keepsProxiesFromHoldingItBack() {
        try (EventStream stream = EventStream.of(service, "Accept-Encoding", "gzip")) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(stream.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
            assertThat(stream.headers().firstValue("Content-Encoding")).isEmpty();
            Waiting.until("told how long to wait", () -> stream.retry().matches("[0-9]{3,4}"));
        }
    }

    @Test
    void isFollowedOverHttp2Too() {
        List<String> parts = new CopyOnWriteArrayList<>();
        HttpClient client = service.vertx()
                .createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false));
        Waiting.get(client.request(HttpMethod.GET, service.port(), "127.0.0.1", "/v1/revocations/stream")
                        .compose(HttpClientRequest::send))
                .handler(part -> parts.add(part.toString()));
        Waiting.until("follows", () -> String.join("", parts).contains("event: heartbeat"));

        assertThat(api.invalidateUser("over-http2")).startsWith("200");

        Waiting.until("told", () -> String.join("", parts).contains("\"username\":\"over-http2\""));
        Waiting.get(client.close());
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThat(problem("?last_event_id=yesterday")).contains("last_event_id: not a stamp");
        assertThat(problem("?last_event_id=")).contains("last_event_id: not a stamp");
        assertThat(problem("?timeout=long")).contains("timeout: not a time");
        assertThat(problem("?since=1")).contains("query: an unknown parameter (expected: last_event_id, timeout)");
        assertThat(service.call("GET", "/v1/revocations/stream")
                        .header("Last-Event-ID", "x")
                        .send()
                        .status())
                .isEqualTo(400);
        assertThat(service.call("POST", "/v1/revocations/stream").send().status())
                .isEqualTo(405);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String problem(String query) {
        var reply = service.call("GET", "/v1/revocations/stream" + query).send();
        assertThat(reply.status()).isEqualTo(400);
        return reply.json().path("detail").textValue();
    }

    private static String hash(String token) {
        return String.format(Locale.ROOT, "%016x", TokenId.of(token).firstBits());
    }

    private static int revoke(String target) {
        return document("{'target':" + target + "}");
    }

    private static int document(String body) {
        return service.call("POST", "/v1/revocations")
                .json(body.replace('\'', '"'))
                .send()
                .status();
    }
}
