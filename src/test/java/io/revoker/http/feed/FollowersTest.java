package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.TokenId;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.EventStream;
import io.revoker.testing.EventStream.Event;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may follow, how many, and what becomes of those who don't read. */
class FollowersTest {
    private static final String STREAM = "/v1/revocations/stream";
    private static final int MANY = 12_000;

    @Test
    void showsACallerOfSomeRealmsTheseAndOfUsersEverywhereNoName() throws IOException {
        Path clients = clients("[feed]");
        try (RunningService service = RunningService.start("--clients.file=" + clients);
                EventStream limited = follow(service, "corp-gateway");
                EventStream all = follow(service, ClientFiles.ROOT)) {
            Call.of("POST", service.uri("/v1/tokens"))
                    .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                    .json("{\"realm_name\":\"partners\",\"username\":\"mallory\",\"access_token\":\"opaque-of-eve\"}")
                    .send();
            List<String> targets = List.of(
                    "{'realm_name':'partners'}",
                    "{'token':'opaque-of-eve'}",
                    "{'realm_name':'partners','username':'mallory'}",
                    "{'realm_name':'partners','client_id':'app'}",
                    "{'username':'mallory'}",
                    "{'realm_name':'corp'}",
                    "{'all':true}");
            targets.forEach(target -> revoke(service, target));

            List<Event> whole = all.await(targets.size());
            List<Event> seen = limited.await(3);

            assertThat(whole).hasSize(targets.size());
            assertThat(whole.toString()).contains("partners", "mallory", "corp");
            assertThat(seen).hasSize(3);
            assertThat(seen.toString()).doesNotContain("partners").doesNotContain("mallory");
            assertThat(seen)
                    .extracting(event -> event.data().path("hash"))
                    .containsExactlyElementsOf(whole.subList(4, 7).stream()
                            .map(event -> event.data().path("hash"))
                            .toList());
            assertThat(seen.get(0).data().has("target")).isFalse();
            String newest = whole.get(6).stamp();
            limited.await(event -> event.isHeartbeat() && event.stamp().equals(newest));
        }
    }

    /** Entries of the version that did not write the realm. */
    @Test
    void showsACallerOfSomeRealmsOnlyTheHashOfATokenWhoseRealmIsNotKnown() throws IOException {
        String prefix = Api.fresh("old");
        try (RunningService service =
                        RunningService.start("--clients.file=" + clients("[feed]"), "--redis.prefix=" + prefix);
                EventStream limited = follow(service, "corp-gateway");
                EventStream all = follow(service, ClientFiles.ROOT);
                RedisClient client = RedisClient.of(RedisServers.embedded().url())) {
            String id = TokenId.of("opaque-of-eve").value();
            String stamp = System.currentTimeMillis() + "000";
            client.call(
                    "XADD", prefix + ":{log}:events", stamp + "-0", "target", "access/" + id, "reason", "logout/eve");

            JsonNode whole = all.await(1).get(0).data();
            JsonNode seen = limited.await(1).get(0).data();

            assertThat(whole.path("token_id").textValue()).isEqualTo(id);
            assertThat(whole.toString()).contains("eve");
            assertThat(seen.fieldNames()).toIterable().containsExactlyInAnyOrder("event", "stamp", "hash");
            assertThat(seen.path("hash")).isEqualTo(whole.path("hash"));
        }
    }

    @Test
    void needsThePrivilege() throws IOException {
        try (RunningService service = RunningService.start("--clients.file=" + clients("[check]"))) {
            assertThat(service.call("GET", STREAM).send().status()).isEqualTo(401);
            assertThat(service.call("GET", STREAM)
                            .basic("corp-gateway", ClientFiles.SECRET)
                            .send()
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void makesFollowersProveAnewWhoTheyAreWhenTheClientsChange() throws IOException {
        Path file = clients("[feed]");
        try (RunningService service = RunningService.reading("--clients.file=" + file, "--reload.interval=50ms");
                EventStream stream = follow(service, "corp-gateway")) {
            stream.await(Event::isHeartbeat);

            Files.writeString(file, text("[check]"));

            Waiting.until("ended", stream::hasEnded);
            assertThat(follow(service, "corp-gateway").status()).isEqualTo(403);
        }
    }

    @Test
    void refusesMoreFollowersThanItIsToHave() {
        try (RunningService service = RunningService.start("--feed.max-followers=2")) {
            List<EventStream> streams = new ArrayList<>(List.of(EventStream.of(service), EventStream.of(service)));

            Reply refused = service.call("GET", STREAM).send();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.body()).contains("followers: 2 (expected: fewer; see feed.max-followers)");
            assertThat(value(service, "revoker_feed_followers")).isEqualTo(2);

            streams.get(0).close();
            Waiting.until("one has left", () -> value(service, "revoker_feed_followers") == 1);
            try (EventStream next = EventStream.of(service)) {
                assertThat(next.status()).isEqualTo(200);
            }
            streams.get(1).close();
        }
    }

    @Test
    void dropsAFollowerThatDoesNotReadAndServesTheOthers() {
        String prefix = Api.fresh("slow");
        try (RunningService service = RunningService.start(
                        "--feed.buffer=64MiB",
                        "--feed.patience=5s",
                        "--feed.heartbeat=50ms",
                        "--redis.prefix=" + prefix);
                EventStream other = EventStream.of(service);
                RawConnection silent = RawConnection.to(service.port()).receiving(65_536)) {
            silent.send("GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Waiting.until("follows", () -> value(service, "revoker_feed_followers") == 2);

            revoke(prefix, MANY);

            Waiting.until("dropped", () -> value(service, "revoker_feed_dropped_total") >= 1);
            Waiting.until("left", () -> value(service, "revoker_feed_followers") == 1);
            assertThat(other.await(MANY)).hasSize(MANY).extracting(Event::name).containsOnly("mark");
            assertThat(value(service, "revoker_feed_events_total")).isGreaterThanOrEqualTo(MANY);
        }
    }

    /** It stops reading until what it has not read has left the buffer, and then reads on. */
    @Test
    void tellsAFollowerThatHasFallenBehindToStartOver() {
        String prefix = Api.fresh("behind");
        try (RunningService service =
                        RunningService.start("--feed.buffer=1MiB", "--feed.patience=5m", "--redis.prefix=" + prefix);
                RawConnection slow = RawConnection.to(service.port()).receiving(65_536)) {
            slow.send("GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Waiting.until("follows", () -> value(service, "revoker_feed_followers") == 1);

            revoke(prefix, MANY);
            Waiting.until("behind", () -> value(service, "revoker_feed_lag_seconds") > 0.2);

            assertThat(slow.readUntil("event: reset")).contains("event: mark");
            assertThat(slow.readUntil("\n\n")).contains("\"reason\":\"behind\"");
            assertThat(Scrape.of(service).counted("revoker_feed_resets_total")).containsOnlyKeys("{reason=\"behind\"}");
            new Api(service).invalidateUser("after");
            assertThat(slow.readUntil("\"username\":\"after\"")).doesNotContain("event: reset");
        }
    }

    /** Of users with long names: more than all buffers of the operating system hold. */
    private static void revoke(String prefix, int many) {
        try (RedisClient client = RedisClient.of(RedisServers.embedded().url())) {
            client.call(
                    "EVAL",
                    "local t = redis.call('TIME') local name = string.rep('x', 1000)"
                            + " for i = 1, ARGV[1] do redis.call('XADD', KEYS[1],"
                            + " string.format('%.0f-0', t[1] * 1000000 + t[2] + i), 'target', 'user/' .. name .. i) end",
                    "1",
                    prefix + ":{log}:events",
                    Integer.toString(many));
        }
    }

    private static double value(RunningService service, String name) {
        return Scrape.of(service).value(name);
    }

    private static EventStream follow(RunningService service, String client) {
        return EventStream.of(service, "Authorization", "Basic " + Call.base64(client + ':' + ClientFiles.SECRET));
    }

    private static void revoke(RunningService service, String target) {
        Reply reply = service.call("POST", "/v1/revocations")
                .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                .json(("{'target':" + target + "}").replace('\'', '"'))
                .send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static Path clients(String privileges) throws IOException {
        return Files.writeString(RedisServers.directory().resolve("clients.yaml"), text(privileges));
    }

    /** One more, of the realm corp, like another one. */
    private static String text(String privileges) {
        String root = ClientFiles.text().replaceFirst("(?s).*(  - id: root\n.*?)  - id: .*", "$1");
        return ClientFiles.text()
                + root.replace("id: root", "id: corp-gateway").replace("[admin]", privileges)
                + "    realms: [corp]\n";
    }
}
