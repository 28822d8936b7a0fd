package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.Manual;
import io.revoker.testing.MarkdownBlocks.Block;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with the Redis user that the manual describes: Redis refuses none of its commands. */
class SmallestAccessTest {
    @Test
    void isEnoughForAll(@TempDir Path directory) throws IOException {
        try (RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                RedisClient admin = redis.client()) {
            assertThat(admin.call(command())).isEqualTo("OK");
            String url = "redis://revoker:PASSWORD@127.0.0.1:" + redis.port();
            try (RunningService service = RunningService.on(
                    url,
                    "--redis.prefix=rv",
                    "--oauth.issuer=https://auth.example",
                    "--signing.file=" + SigningFile.in(directory),
                    "--status-list.enabled=true")) {
                work(new Api(service));
                assertThat(service.readiness().status()).isEqualTo(200);
            }
            assertThat(admin.call("ACL", "LOG")).hasToString("[]");
        }
    }

    /** Also what it does rarely. */
    @Test
    void isEnoughForEveryCommandOfTheScripts() throws IOException {
        Pattern call = Pattern.compile("redis\\.p?call\\('([A-Z]+)'");
        try (Stream<Path> scripts =
                Files.find(Path.of("src/main/resources/io/revoker/redis"), 2, (path, file) -> file.isRegularFile())) {
            assertThat(scripts.flatMap(script -> call.matcher(read(script)).results())
                            .map(found -> '+' + found.group(1).toLowerCase(Locale.ROOT)))
                    .hasSizeGreaterThan(100)
                    .isSubsetOf(command());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void work(Api api) {
        String token = api.access("corp", "ann");
        Api.Pair pair = api.pair("corp", "joe");
        for (int i = 0; i < 150; i++) {
            api.access("corp", "many");
        }
        assertThat(api.check(token)).isEqualTo(200);
        assertThat(api.invalidateAccess(token)).isEqualTo("200 1,0,0");
        assertThat(api.invalidateRefresh(pair.refresh())).isEqualTo("200 1,0,0");
        assertThat(api.invalidateUserInRealm("corp", "joe")).isEqualTo("200 1,1,0");
        assertThat(api.invalidateUser("many")).isEqualTo("200 150,0,0");
        String sweep = api.beginSweep("{\"realm_name\":\"corp\"}");
        Waiting.until("counted", () -> api.sweep(sweep).path("state").asText().equals("ended"));
        assertThat(api.check(api.access("corp", "joe"))).isEqualTo(200);
        Call confirmation = api.service().call("PUT", "/v1/followers/one");
        assertThat(confirmation.json("{\"confirmed\":\"1\"}").send().status()).isEqualTo(200);
        assertThat(api.service().call("GET", "/v1/followers").send().status()).isEqualTo(200);
        String list = api.register("{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\"],"
                        + "\"status_list\":true}")
                .json()
                .at("/status_list/uri")
                .textValue()
                .substring("https://auth.example".length());
        assertThat(api.service().call("GET", list).send().status()).isEqualTo(200);
        assertThat(api.service().call("GET", "/v1/status-lists").send().status())
                .isEqualTo(200);
    }

    private static String[] command() {
        return Manual.blocks().stream()
                .map(Block::text)
                .filter(text -> text.startsWith("ACL SETUSER revoker"))
                .findFirst()
                .orElseThrow()
                .strip()
                .split(" ");
    }
}
