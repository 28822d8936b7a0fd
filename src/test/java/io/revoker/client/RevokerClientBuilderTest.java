package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevokerClientBuilderTest {
    private static final URI NODE = URI.create("http://127.0.0.1:8080");

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "http:/path", "/path", "mailto:joe", "host:8080"})
    void refusesWhatIsNoWebAddress(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RevokerClient.builder(NODE, URI.create(address)))
                .withMessage("node: " + address + " (expected: http or https and a host)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://joe:secret@host", "http://host?a=b", "http://host#c"})
    void refusesAnAddressWithMoreThanAHostAndAPath(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RevokerClient.builder(URI.create(address)))
                .withMessage("node: an address with a user, a query or a fragment (expected: none)");
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S", "PT0.0009S", "PT24H0.001S"})
    void boundsItsTimes(Duration timeout) {
        RevokerClientBuilder builder = RevokerClient.builder(NODE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.requestTimeout(timeout))
                .withMessage("requestTimeout: " + timeout + " (expected: PT0.001S to PT24H)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.connectTimeout(timeout))
                .withMessage("connectTimeout: " + timeout + " (expected: PT0.001S to PT24H)");
    }

    @Test
    void refusesAnIdThatWouldBeReadAsAnother() {
        RevokerClientBuilder builder = RevokerClient.builder(NODE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.basicAuthentication("a:b", "secret"))
                .withMessage("id: empty or with a colon (expected: neither)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.apiKey("", "secret"))
                .withMessage("id: empty or with a colon (expected: neither)");
    }
}
