package io.revoker.http.ssf;

import java.time.Duration;

/**
 * What receivers get to know of the service.
 *
 * @param issuer the URL of the service, which identifies it
 * @param longestPoll how long a poll may wait for an event
 * @param verificationInterval the shortest time between two verifications of a stream
 * @param push what may be pushed where
 */
public record TransmitterSettings(String issuer, Duration longestPoll, Duration verificationInterval, PushRules push) {
    static final String STREAM = "/ssf/stream";
    static final String STATUS = "/ssf/status";
    static final String VERIFY = "/ssf/verify";
    static final String POLL = "/ssf/poll";

    /** The URL of a path of the service. */
    String url(String path) {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + path;
    }

    /** How events come to the receiver, as URNs. */
    enum Method {
        PUSH("urn:ietf:rfc:8935"),
        POLL("urn:ietf:rfc:8936");

        private final String urn;

        Method(String urn) {
            this.urn = urn;
        }

        String urn() {
            return urn;
        }
    }
}
