package io.revoker.client;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a {@link RevokerClient} reaches the service. Without credentials its requests carry none; the last ones given
 * count.
 */
public final class RevokerClientBuilder {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Nodes nodes;
    private Optional<String> authorization = Optional.empty();
    private Optional<SSLContext> sslContext = Optional.empty();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration requestTimeout = Duration.ofSeconds(30);

    RevokerClientBuilder(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * HTTP Basic authentication (RFC 7617), in UTF-8.
     *
     * @param id not empty, without a colon
     */
    public RevokerClientBuilder basicAuthentication(String id, String secret) {
        return authorization("Basic", id, secret);
    }

    /**
     * An API key, sent as {@code Authorization: ApiKey base64(id:secret)}.
     *
     * @param id not empty, without a colon
     */
    public RevokerClientBuilder apiKey(String id, String secret) {
        return authorization("ApiKey", id, secret);
    }

    /**
     * How long to wait for a connection to one node before trying the next; 5 seconds if not set, 1 millisecond to 1
     * day.
     */
    public RevokerClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = bounded("connectTimeout", timeout);
        return this;
    }

    /** How long a call may last, with all the nodes it tries; 30 seconds if not set, 1 millisecond to 1 day. */
    public RevokerClientBuilder requestTimeout(Duration timeout) {
        requestTimeout = bounded("requestTimeout", timeout);
        return this;
    }

    /**
     * The trusted certificates for https, and the client certificate if one is needed; the JVM's default if not set.
     */
    public RevokerClientBuilder sslContext(SSLContext context) {
        sslContext = Optional.of(context);
        return this;
    }

    public RevokerClient build() {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        sslContext.ifPresent(http::sslContext);
        return new RevokerClient(new Transport(http.build(), nodes, authorization, requestTimeout));
    }

    private RevokerClientBuilder authorization(String scheme, String id, String secret) {
        if (id.isEmpty() || id.contains(":")) {
            throw new IllegalArgumentException("id: empty or with a colon (expected: neither)");
        }
        byte[] credentials = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
        authorization = Optional.of(scheme + " " + Base64.getEncoder().encodeToString(credentials));
        return this;
    }

    private static Duration bounded(String name, Duration timeout) {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + timeout + " (expected: " + SHORTEST + " to " + LONGEST + ")");
        }
        return timeout;
    }
}
