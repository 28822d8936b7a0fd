package io.revoker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.net.HttpTarget.Rule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is connected to, if a name has these addresses. */
class HttpTargetTest {
    private static final HttpTarget TARGET =
            HttpTarget.parse("https://receiver.example:8443/events?a=b").orElseThrow();

    @Test
    void takesNoAddressInside() throws UnknownHostException {
        assertThat(resolve(Rule.PUBLIC_ADDRESSES, "10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1"))
                .isEmpty();
        assertThat(resolve(Rule.ALL_ADDRESSES, "10.0.0.1")).contains(InetAddress.getByName("10.0.0.1"));
    }

    @Test
    void takesThePublicAddressAmongOthers() throws UnknownHostException {
        assertThat(resolve(Rule.PUBLIC_ADDRESSES, "10.0.0.1", "198.51.99.1"))
                .contains(InetAddress.getByName("198.51.99.1"));
    }

    @Test
    void looksNothingUpThatIsNotAllowed() throws UnknownHostException {
        HttpTarget inside = HttpTarget.parse("https://127.0.0.1/").orElseThrow();
        assertThat(Rule.PUBLIC_ADDRESSES.resolve(inside, host -> {
                    throw new AssertionError("looked up");
                }))
                .isEmpty();
    }

    private static Optional<InetAddress> resolve(Rule rule, String... addresses) throws UnknownHostException {
        return rule.resolve(TARGET, host -> {
            assertThat(host).isEqualTo("receiver.example");
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        });
    }
}
