package io.revoker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Call;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadOnlyPathsTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    static Stream<URI> paths() {
        return Stream.of(
                SERVICE.uri("/openapi.yaml"),
                SERVICE.managementUri("/health/live"),
                SERVICE.managementUri("/health/ready"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void answersHeadLikeGetWithoutTheBody(URI path) {
        Reply get = Call.of("GET", path).send();
        Reply head = Call.of("HEAD", path).send();

        assertThat(get.status()).isEqualTo(200);
        assertThat(get.body()).isNotEmpty();
        assertThat(head).hasToString("200 ");
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    }

    /** A body after a HEAD would be taken for the next answer. */
    @ParameterizedTest
    @MethodSource("paths")
    void goesOnAfterHead(URI path) {
        String rest = " " + path.getPath() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawConnection connection = RawConnection.to(path.getPort())) {
            assertThat(connection.send("HEAD" + rest).readHead().status()).isEqualTo(200);
            assertThat(connection.exchange("GET" + rest).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void listsTheMethodsOfThePath(URI path) {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            Reply reply = Call.of(method, path).send();

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.lines("Allow")).containsExactly("GET, HEAD");
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.json().at("/detail").textValue())
                    .isEqualTo("method: " + method + " (expected: GET, HEAD)");
        }
    }
}
