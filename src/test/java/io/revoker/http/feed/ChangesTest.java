package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Scrape;
import io.revoker.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What has changed since a stamp, for clients that poll. */
class ChangesTest {
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final String prefix = Api.fresh("changes");
    private RunningService service = start();

    private RunningService start(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--redis.prefix=" + prefix);
        return RunningService.on(redis.url(), all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void areAnsweredAtOnceAndSayWhereToGoOn() {
        revoke(0, 3);

        JsonNode all = await("0", 3);

        assertThat(users(all)).containsExactly("user-0", "user-1", "user-2");
        assertThat(all.path("reset").booleanValue()).isFalse();
        String next = all.path("next").textValue();
        assertThat(next).isEqualTo(all.at("/events/2/stamp").textValue());
        assertThat(changes(next).toString()).isEqualTo("{\"events\":[],\"next\":\"" + next + "\",\"reset\":false}");
        assertThat(users(changes(all.at("/events/0/stamp").textValue()))).containsExactly("user-1", "user-2");
        assertThat(all.at("/events/0/event").textValue()).isEqualTo("mark");
        assertThat(all.at("/events/0/hash").textValue()).matches("[0-9a-f]{16}");
    }

    @Test
    void areWaitedForAsLongAsIsAsked() {
        CompletableFuture<Reply> waiting = call("0&timeout=25s").sendAsync();
        Waiting.until("waits", () -> service.inFlight() == 1);
        assertThat(waiting).isNotDone();

        revoke(0, 1);

        JsonNode body = waiting.join().json();
        assertThat(users(body)).containsExactly("user-0");
        Reply none = call(body.path("next").textValue() + "&timeout=100ms").send();
        assertThat(users(none.json())).isEmpty();
        assertThat(none.header("Cache-Control")).isEqualTo("no-store");
    }

    /** It reads them from the log, since it has started after them. */
    @Test
    void canBeReadFromTheBeginningInSteps() {
        int many = 2300;
        try (RedisClient client = redis.client()) {
            client.call(
                    "EVAL",
                    "local t = redis.call('TIME') for i = 0, ARGV[1] - 1 do redis.call('XADD', KEYS[1],"
                            + " string.format('%.0f-0', t[1] * 1000000 + t[2] + i), 'target', 'user/user-' .. i) end",
                    "1",
                    prefix + ":{log}:events",
                    Integer.toString(many));
        }
        try (RunningService late = start()) {
            List<String> seen = new ArrayList<>();
            String since = "0";
            for (int more = 1; more > 0; ) {
                JsonNode page = Call.of("GET", late.uri("/v1/revocations/changes?since=" + since))
                        .send()
                        .json();
                more = page.path("events").size();
                seen.addAll(users(page));
                since = page.path("next").textValue();
            }
            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.range(0, many).mapToObj(i -> "user-" + i).toList());
        }
    }

    @Test
    void sayIfSomethingIsMissing() {
        revoke(0, 1);
        String newest = await("0", 1).path("next").textValue();
        String unknown = Long.toString(Long.parseLong(newest) + 1_000_000);

        JsonNode lost = changes(unknown);

        assertThat(lost.path("reset").booleanValue()).isTrue();
        assertThat(lost.path("next").textValue()).isEqualTo(newest);
        assertThat(changes(newest).path("reset").booleanValue()).isFalse();
    }

    /** A client that was told comes back with the stamp that it was told, and waits for what comes next. */
    @Test
    void sayOnceThatRedisHasLostSome() {
        revoke(0, 2);
        JsonNode two = await("0", 2);
        String first = two.at("/events/0/stamp").textValue();
        String lost = two.path("next").textValue();
        try (RedisClient client = redis.client()) {
            client.call("XDEL", prefix + ":{log}:events", lost + "-0");
        }
        String[] next = {first};
        List<Boolean> told = new ArrayList<>();

        Waiting.until("told, and no longer", () -> {
            JsonNode page = changes(next[0]);
            next[0] = page.path("next").textValue();
            told.add(page.path("reset").booleanValue());
            return next[0].compareTo(lost) > 0 && !page.path("reset").booleanValue();
        });

        assertThat(told).contains(true);
        revoke(2, 3);
        assertThat(users(await(next[0], 1))).containsExactly("user-2");
        assertThat(changes(first).path("reset").booleanValue()).isTrue();
    }

    @Test
    void areAnsweredEmptyWhenTheServiceStops() {
        CompletableFuture<Reply> waiting = call("0&timeout=25s").sendAsync();
        Waiting.until("waits", () -> Scrape.of(service).value("revoker_feed_followers") == 1);

        service.close();
        service = start();

        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(users(waiting.join().json())).isEmpty();
    }

    @Test
    void areThoseOfTheRealmsOfTheCaller() {
        try (RunningService strict = start(ClientFiles.option())) {
            for (String target : List.of("'realm_name':'other'", "'realm_name':'corp'", "'username':'joe'")) {
                strict.call("POST", "/v1/revocations")
                        .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                        .json(("{'target':{" + target + "}}").replace('\'', '"'))
                        .send();
            }
            Waiting.until(
                    "read", () -> of(strict, ClientFiles.ROOT).path("events").size() == 3);

            JsonNode ours = of(strict, ClientFiles.CORP);

            assertThat(ours.path("events")).hasSize(2);
            assertThat(ours.toString()).contains("corp").doesNotContain("other").doesNotContain("joe");
            assertThat(ours.path("next")).isEqualTo(of(strict, ClientFiles.ROOT).path("next"));
            assertThat(strict.call("GET", "/v1/revocations/changes?since=0")
                            .basic(ClientFiles.GATEWAY, ClientFiles.SECRET)
                            .send()
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void refuseWhatTheyDoNotUnderstand() {
        assertThat(service.call("GET", "/v1/revocations/changes")
                        .send()
                        .json()
                        .path("detail")
                        .textValue())
                .startsWith("since: missing");
        assertThat(call("").send().json().path("detail").textValue()).startsWith("since: not a stamp");
        assertThat(call("x").send().json().path("detail").textValue()).startsWith("since: not a stamp");
        assertThat(call("0&timeout=1h").send().json().path("detail").textValue())
                .startsWith("timeout: not a time");
    }

    private static JsonNode of(RunningService service, String client) {
        return service.call("GET", "/v1/revocations/changes?since=0")
                .basic(client, ClientFiles.SECRET)
                .send()
                .json();
    }

    /** This instance reads them a moment after they were acknowledged. */
    private JsonNode await(String since, int events) {
        Waiting.until("read", () -> changes(since).path("events").size() == events);
        return changes(since);
    }

    private JsonNode changes(String since) {
        Reply reply = call(since).send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private Call call(String since) {
        return Call.of("GET", service.uri("/v1/revocations/changes?since=" + since));
    }

    private void revoke(int from, int to) {
        Api api = new Api(service);
        IntStream.range(from, to)
                .forEach(i -> assertThat(api.invalidateUser("user-" + i)).startsWith("200"));
    }

    private static List<String> users(JsonNode changes) {
        return StreamSupport.stream(changes.path("events").spliterator(), false)
                .map(event -> event.at("/target/username").textValue())
                .toList();
    }
}
