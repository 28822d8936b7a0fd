package io.revoker.config;

import io.revoker.config.values.Requirements;
import io.revoker.config.values.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests that are traced.
 *
 * @param sampleRatio of the requests without a sampling decision of their own; 0 for none of them, 1 for all
 * @param serviceName of the spans
 */
public record TracingConfig(OtlpConfig otlp, double sampleRatio, String serviceName) {
    public TracingConfig {
        new Requirements()
                .within("sample-ratio", sampleRatio, 0.0, 1.0)
                .that(
                        "service-name",
                        serviceName,
                        name -> !name.isBlank() && name.length() <= 255,
                        "1 to 255 characters, not all of them blanks")
                .check();
    }

    /**
     * Where spans are sent, by OTLP over HTTP.
     *
     * @param endpoint nothing is traced if it is absent
     * @param headers {@code name=value}, separated by commas; sent with every request to the receiver
     * @param timeout of one request to it, and of sending the rest at shutdown
     * @param queueSize spans that wait; further ones are dropped
     * @param batchSize spans of one request
     * @param interval longest time that a span waits
     */
    public record OtlpConfig(
            Optional<String> endpoint,
            Optional<Secret> headers,
            Duration timeout,
            int queueSize,
            int batchSize,
            Duration interval) {

        /** A name of RFC 9110, and a value without commas, line breaks and leading blanks. */
        private static final String PAIR =
                "([A-Za-z0-9!#$%&'*+.^_`|~-]+)=([\\x21-\\x2b\\x2d-\\x7e][\\x20-\\x2b\\x2d-\\x7e]*)";

        private static final Pattern PAIRS = Pattern.compile(PAIR + "(," + PAIR + ")*");

        public OtlpConfig {
            Duration tick = Duration.ofMillis(1);
            new Requirements()
                    .that(
                            "endpoint",
                            endpoint,
                            url -> url.map(OtlpConfig::isUrl).orElse(true),
                            "http://host:port/v1/traces or https://host:port/v1/traces, without user and query")
                    .that(
                            "headers",
                            headers,
                            secret -> secret.map(Secret::value)
                                    .map(PAIRS.asMatchPredicate()::test)
                                    .orElse(true),
                            "name=value, separated by commas")
                    .within("timeout", timeout, tick, Duration.ofMinutes(1))
                    .within("queue-size", queueSize, 1, 1_000_000)
                    .within("batch-size", batchSize, 1, 10_000)
                    .that("batch-size", batchSize, size -> size <= queueSize, "at most tracing.otlp.queue-size")
                    .within("interval", interval, tick, Duration.ofMinutes(10))
                    .check();
        }

        /** The headers by their names. */
        public Map<String, String> pairs() {
            Map<String, String> pairs = new LinkedHashMap<>();
            headers.ifPresent(secret -> {
                Matcher pair = Pattern.compile(PAIR).matcher(secret.value());
                while (pair.find()) {
                    pairs.put(pair.group(1), pair.group(2));
                }
            });
            return pairs;
        }

        private static boolean isUrl(String text) {
            try {
                URI uri = URI.create(text);
                return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                        && uri.getHost() != null
                        && uri.getPath().length() > 1
                        && uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
