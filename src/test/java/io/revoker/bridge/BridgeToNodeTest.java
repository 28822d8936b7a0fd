package io.revoker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.BridgeClient;
import io.revoker.testing.Certificate;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.NodeScript;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client in another language, of another runtime, with and without TLS. */
@NeedsTools
class BridgeToNodeTest {
    private static final String CREDENTIALS = ClientFiles.ROOT + ":" + ClientFiles.SECRET;
    private static final String DONE = """
            active true
            revoked 200 1
            event of corp
            active false""";

    private final String prefix = "--redis.prefix=" + Api.fresh("bridge");

    @TempDir
    private Path directory;

    private Certificate certificate;
    private RunningService plain;
    private RunningService secure;

    @BeforeEach
    void start() {
        certificate = Certificate.make(directory.resolve("service"));
        plain = BridgeClient.service(prefix);
        secure = BridgeClient.service(
                prefix,
                "--http.tls.enabled=true",
                "--http.tls.certificate=" + certificate.certificate(),
                "--http.tls.key=" + certificate.key());
    }

    @AfterEach
    void stop() {
        secure.close();
        plain.close();
    }

    @Test
    void checksRevokesAndFollows() throws IOException {
        assertThat(run(plain, CREDENTIALS, token())).isEqualTo(DONE);
    }

    @Test
    void doesSoOverTls() throws IOException {
        assertThat(run(secure, CREDENTIALS, token(), certificate.certificate().toString()))
                .isEqualTo(DONE);
    }

    @Test
    void isRefusedWithAnotherSecret() throws IOException {
        assertThat(run(plain, ClientFiles.ROOT + ":another", token())).isEqualTo("refused 401");
        assertThat(run(
                        secure,
                        ClientFiles.ROOT + ":another",
                        token(),
                        certificate.certificate().toString()))
                .isEqualTo("refused 401");
    }

    /** So the certificate is really looked at. */
    @Test
    void doesNotTrustAServiceWithAnotherCertificate() throws IOException {
        Certificate other = Certificate.make(directory.resolve("other"));
        assertThat(run(secure, CREDENTIALS, token(), other.certificate().toString()))
                .startsWith("error ");
    }

    private String token() {
        return ClientFiles.token(plain, "corp");
    }

    private static String run(RunningService service, String credentials, String... more) throws IOException {
        String port = Integer.toString(service.service().bridgePort().orElseThrow());
        String[] arguments = new String[more.length + 2];
        arguments[0] = port;
        arguments[1] = credentials;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return NodeScript.of(BridgeToNodeTest.class, "bridge-client.mjs").run(arguments);
    }
}
