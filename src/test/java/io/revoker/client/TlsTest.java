package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.revoker.testing.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    private Path directory;

    private SSLContext context;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        Certificate node = Certificate.make(directory, "EC", "CN=node", "ip:127.0.0.1");
        context = node.showingTo(node);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = ScriptedNode.counts(3, 0).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void speaksToANodeThatTheContextTrusts() throws IOException {
        try (RevokerClient client =
                RevokerClient.builder(uri()).sslContext(context).build()) {
            assertThat(client.invalidateToken(InvalidateTokenRequest.userTokens("joe"))
                            .getInvalidatedTokens())
                    .isEqualTo(3);
        }
    }

    @Test
    void doesNotSpeakToANodeThatNobodyVouchesFor() {
        try (RevokerClient client = RevokerClient.builder(uri()).build()) {
            assertThatExceptionOfType(SSLHandshakeException.class)
                    .isThrownBy(() -> client.invalidateToken(InvalidateTokenRequest.userTokens("joe")));
        }
    }

    private URI uri() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }
}
