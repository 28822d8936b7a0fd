package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.StreamAnswer;
import io.revoker.testing.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While Revoker can't know whether a token is good, no answer says that it is, or that it is not. */
class RedisOutageTest {
    private static final long CALL_TIMEOUT_MILLIS = 500;

    private RedisProcess redis;
    private RunningService service;
    private Api api;

    @BeforeEach
    void start() {
        redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
        service = RunningService.on(
                redis.url(),
                "--runtime.instances=1",
                "--http.request-timeout=2s",
                "--redis.call-timeout=" + CALL_TIMEOUT_MILLIS + "ms");
        api = new Api(service);
    }

    @AfterEach
    void stop() {
        redis.thaw();
        service.close();
        redis.close();
    }

    @Test
    void saysThatItCannotSayWhileRedisIsDown() {
        Api.Pair pair = api.pair("realm", "joe");
        redis.kill();

        everyAnswerIs503(pair);
        redis.start();

        List<String> answers = new ArrayList<>();
        Waiting.until(
                "back",
                () -> answers.add(api.invalidateUser("joe"))
                        && !answers.get(answers.size() - 1).startsWith("503"));
        assertThat(answers.get(answers.size() - 1)).isEqualTo("200 2,0,0");
    }

    @Test
    void saysSoWithinTheCallTimeOutWhileRedisHangs() {
        Api.Pair pair = api.pair("realm", "joe");
        redis.freeze();

        everyAnswerIs503(pair);
        redis.thaw();

        Waiting.until("back", () -> api.check(pair.access()) == 200);
    }

    @Test
    void tellsWhoAsksTheManagementPort() {
        redis.kill();

        Waiting.until("not ready", () -> management("/health/ready") == 503);
        assertThat(management("/health/live")).isEqualTo(200);
        redis.start();

        Waiting.until("ready", () -> management("/health/ready") == 200);
        assertThat(management("/health/live")).isEqualTo(200);
    }

    private void everyAnswerIs503(Api.Pair pair) {
        List<Supplier<Reply>> calls = List.of(
                () -> service.call("GET", "/v1/check").bearer(pair.access()).send(),
                () -> service.call("GET", "/v1/check").bearer("unknown").send(),
                () -> service.call("POST", "/oauth2/introspect")
                        .form("token=" + pair.access())
                        .send(),
                () -> service.call("POST", "/oauth2/revoke")
                        .form("token=" + pair.access())
                        .send(),
                () -> service.call("POST", "/oauth2/revoke")
                        .form("token=unknown")
                        .send(),
                () -> service.call("POST", "/v1/checks")
                        .json("{\"tokens\":[\"unknown\",\"" + pair.access() + "\"]}")
                        .send(),
                () -> api.register("{\"realm_name\":\"r\",\"username\":\"u\",\"mint\":[\"access_token\"]}"),
                () -> api.invalidate("{\"token\":\"" + pair.access() + "\"}"),
                () -> api.invalidate("{\"refresh_token\":\"unknown\"}"),
                () -> api.invalidate("{\"realm_name\":\"realm\"}"),
                () -> api.invalidate("{\"username\":\"joe\"}"));
        for (Supplier<Reply> call : calls) {
            Reply reply = call.get();
            assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        }
        String lines = service.call("POST", "/v1/revocations")
                .header("Content-Type", "application/x-ndjson")
                .body("{\"token\":\"" + pair.access() + "\"}\n{}\n{\"refresh_token\":\"unknown\"}")
                .send()
                .body();
        assertThat(StreamAnswer.of(lines).results())
                .extracting(line -> line.substring(0, 13))
                .containsExactly("{\"status\":503", "{\"status\":400", "{\"status\":503");
        assertThat(api.invalidate("{\"username\":\"joe\"}").body())
                .contains("\"type\":\"security_exception\",\"reason\":\"unable to perform requested action\"");
    }

    private int management(String path) {
        return Call.of("GET", service.managementUri(path)).send().status();
    }
}
