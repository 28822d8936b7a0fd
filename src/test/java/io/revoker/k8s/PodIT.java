package io.revoker.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Reply;
import io.revoker.testing.StreamAnswer;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image, run as the try-out's manifests have it run: its user, its read-only root, its mounts, its environment, its end. */
@NeedsTools
class PodIT {
    private static final String LINE = "{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"late-%d\"}";

    @TempDir
    private Path directory;

    private ImageLayout image;
    private TryOut pod;

    @BeforeEach
    void start() throws IOException {
        image = ImageLayout.unpack(Path.of(System.getProperty("revoker.image")), directory.resolve("image"));
        pod = TryOut.start(directory, image);
    }

    @AfterEach
    void stop() {
        pod.close();
    }

    @Test
    void answersItsProbesAndRevokes() {
        Set<String> probes = Set.copyOf(TryOut.pods().container().findValuesAsText("path"));
        assertThat(probes)
                .hasSize(2)
                .allSatisfy(path -> assertThat(pod.probe(path)).isEqualTo(200));

        Reply registered = pod.call("POST", "/v1/tokens")
                .basic(ClientFiles.ISSUER, ClientFiles.SECRET)
                .json("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"t-1\"}")
                .send();
        assertThat(registered.status()).isEqualTo(201);
        assertThat(check("t-1")).isEqualTo(200);

        Reply revoked = pod.call("DELETE", Api.PATH)
                .basic(ClientFiles.OPS, ClientFiles.SECRET)
                .json("{\"username\":\"joe\"}")
                .send();

        assertThat(Api.counts(revoked)).isEqualTo("200 1,0,0");
        assertThat(revoked.header("Revoker-Durability")).isEqualTo("fsync=always, replicas=0");
        assertThat(check("t-1")).isEqualTo(401);
        assertThat(pod.call("GET", "/v1/check").bearer("t-1").send().status()).isIn(401, 403);
    }

    private int check(String token) {
        return pod.call("GET", "/v1/check")
                .bearer(token)
                .header("Revoker-Authorization", "Basic " + Call.base64(ClientFiles.GATEWAY + ":" + ClientFiles.SECRET))
                .send()
                .status();
    }

    @Test
    void isNobodyAndCanWriteNowhere() {
        List<String> status = pod.container().proc("status").lines().toList();
        List<String> mounts = pod.container().proc("mountinfo").lines().toList();

        assertThat(status)
                .contains("Uid:\t65532\t65532\t65532\t65532", "Gid:\t65532\t65532\t65532\t65532")
                .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
        assertThat(mounts)
                .filteredOn(mount -> mount.matches("\\d+ \\d+ \\S+ \\S+ / .*"))
                .hasSize(1)
                .allMatch(mount -> mount.matches("\\d+ \\d+ \\S+ \\S+ / ro[, ].*"));
    }

    @Test
    void takesItsClassesFromTheArchive() throws IOException {
        assertThat(Files.readAllLines(pod.temporary().resolve("classes.log")))
                .filteredOn(line -> line.contains(" io.revoker."))
                .filteredOn(line -> line.contains("source: shared objects file (top)"))
                .hasSizeGreaterThan(100);
    }

    @Test
    void finishesWhatIsUnderWayAndEnds() {
        String body = LINE.formatted(1) + "\n" + LINE.formatted(2);
        try (RawConnection stream = RawConnection.to(pod.container().port())) {
            stream.send(
                    "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nAuthorization: Basic "
                            + Call.base64(ClientFiles.ISSUER + ":" + ClientFiles.SECRET) + "\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n" + body.substring(0, 100));

            Waiting.until("taken up", () -> pod.metrics().contains("\nrevoker_http_requests_in_flight 1"));
            pod.container().terminate();
            Waiting.until("readiness is off", () -> pod.probe("/health/ready") == 503);

            assertThat(StreamAnswer.of(stream.exchange(body.substring(100)).body())
                            .results())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("{\"status\":201"));
        }
        assertThat(pod.container().awaitExit()).isZero();
        assertThat(pod.container().output()).endsWith("stopped\n").doesNotContain("ERROR");
    }

    @Test
    void isWhatTheDockerfileMakes() throws IOException {
        JsonNode configuration = image.configuration();
        List<String> dockerfile = Files.readAllLines(Path.of("Dockerfile"));

        assertThat(dockerfile)
                .contains("USER " + configuration.path("User").asText())
                .contains("WORKDIR " + configuration.path("WorkingDir").asText())
                .contains("ENTRYPOINT "
                        + configuration.path("Entrypoint").toString().replace(",", ", "));
        assertThat(configuration.path("User").asText()).isEqualTo(user());
        configuration
                .path("ExposedPorts")
                .fieldNames()
                .forEachRemaining(port -> assertThat(dockerfile)
                        .anyMatch(line -> line.startsWith("EXPOSE") && line.contains(port.replace("/tcp", ""))));
        assertThat(image.layers()).hasSizeGreaterThanOrEqualTo(3);
    }

    private static String user() {
        JsonNode security = TryOut.pods().spec().path("securityContext");
        return security.path("runAsUser").asInt() + ":"
                + security.path("runAsGroup").asInt();
    }
}
