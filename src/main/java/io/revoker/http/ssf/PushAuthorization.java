package io.revoker.http.ssf;

import io.revoker.domain.Problem;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.signing.EncryptionKeys;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What receivers want to find in {@code Authorization} with each event (Shared Signals Framework 1.0, section 6.1.1).
 * It is a secret, and stored encrypted, for one stream and one URL: who can only write to Redis can't have it
 * sent elsewhere.
 *
 * <p>An instance of an earlier build, which does not know it, may give the stream another URL and leave it as it is. So
 * the URL that it is for is stored behind it: at another one there is none. That it says the right URL is no proof:
 * it can't be decrypted then.
 *
 * @param keys those in force, which may change
 */
public record PushAuthorization(Supplier<EncryptionKeys> keys) {
    private static final int LONGEST = 4096;
    /** RFC 9110, section 5.5, without what is not ASCII. */
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]{0," + (LONGEST - 2) + "}[!-~])?");

    private static final String NAME = "delivery.authorization_header: ";

    /** Fails with a {@link Problem} that does not quote it. */
    Endpoint encrypted(String given, String stream, String url) {
        EncryptionKeys now = keys.get();
        if (!now.arePresent()) {
            throw Problem.invalid(NAME + "given (expected: none; without ssf.push.key-file it can't be stored)");
        }
        if (!VALUE.matcher(given).matches()) {
            throw Problem.invalid(NAME + "no value of a header (expected: 1 to " + LONGEST
                    + " characters of ASCII without control characters, and no blank at either end)");
        }
        return new Endpoint(url, Optional.of(now.encrypt(given, purpose(stream, url)) + ' ' + url));
    }

    /** Empty if there is none for its URL. Fails with a {@link Problem} if it can't be decrypted. */
    public Optional<String> of(Endpoint endpoint, String stream) {
        return stored(endpoint)
                .map(
                        encrypted -> keys.get()
                                .decrypt(encrypted, purpose(stream, endpoint.url()))
                                .orElseThrow(
                                        () -> Problem.unavailable(
                                                "authorization_header: not to be decrypted (expected: by a key of ssf.push.key-file)")));
    }

    /** The same encrypted by the first key; empty if it is already, if there is none, or if no key decrypts it. */
    public Optional<Endpoint> renewed(Endpoint endpoint, String stream) {
        return stored(endpoint)
                .flatMap(encrypted -> keys.get().renewed(encrypted, purpose(stream, endpoint.url())))
                .map(encrypted -> new Endpoint(endpoint.url(), Optional.of(encrypted + ' ' + endpoint.url())));
    }

    private static Optional<String> stored(Endpoint endpoint) {
        return endpoint.authorization()
                .filter(stored -> stored.endsWith(' ' + endpoint.url()))
                .map(stored -> stored.substring(0, stored.indexOf(' ')));
    }

    private static String purpose(String stream, String url) {
        return stream + ' ' + url;
    }
}
