package io.revoker.near;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.Sentinel;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The primary dies, and its replica takes over. */
class NearFailOverTest {
    private static final Duration GONE = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    @Test
    void refusesWhatIsRevokedOnTheNewPrimary() throws IOException {
        String prefix = Api.fresh("near");
        try (RedisProcess primary = server("primary");
                RedisProcess replica = primary.startReplica(Files.createDirectory(directory.resolve("replica")));
                Sentinel sentinel =
                        Sentinel.start(Files.createDirectory(directory.resolve("sentinel")), primary.port(), GONE);
                NearService revoking = NearService.off(sentinel.url(), prefix);
                NearService other = NearService.on(sentinel.url(), prefix)) {
            String before = revoking.api().access("corp", "joe");
            String after = revoking.api().access("corp", "joe");
            other.remember(before);
            other.remember(after);
            assertThat(revoking.api().invalidateAccess(before)).isEqualTo("200 1,0,0");
            primary.awaitReplica();
            primary.kill();

            until(
                    "revoked on the new primary",
                    Waiting.PATIENCE.multipliedBy(2),
                    () -> revoking.api().invalidateAccess(after).startsWith("200 "));

            assertThat(other.api().check(after)).isNotEqualTo(200);
            assertThat(other.api().check(before)).isNotEqualTo(200);
            until("refused", () -> other.api().check(after) == 401);
            other.remember(registered(revoking));
            try (RedisClient client = replica.client()) {
                assertThat(client.call("INFO", "replication").toString()).contains("role:master");
            }
        }
    }

    /** Each connection finds the new primary by itself. */
    private static String registered(NearService service) {
        List<Reply> answers = new ArrayList<>();
        until("registers", () -> {
            answers.add(service.api().register("""
                    {"realm_name":"corp","username":"eve","mint":["access_token"]}"""));
            return answers.get(answers.size() - 1).status() == 201;
        });
        return answers.get(answers.size() - 1).json().required("access_token").textValue();
    }

    private RedisProcess server(String name) throws IOException {
        return RedisProcess.start(RedisServers.executable(), Files.createDirectory(directory.resolve(name)));
    }
}
