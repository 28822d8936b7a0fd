package io.revoker.signing;

import com.nimbusds.jose.jwk.JWK;
import io.revoker.domain.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys of a file. The first signs; all are published, so that what an older one has signed can still be verified,
 * and what a coming one signs can be from the start.
 */
public final class SigningKeys {
    /** For a service that signs nothing. */
    public static final SigningKeys NONE = new SigningKeys(List.of());

    static final int MOST_KEYS = 16;
    private static final int MAX_BYTES = 256 * 1024;

    private final List<SigningKey> keys;
    private final String published;

    private SigningKeys(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
        this.published = keys.stream()
                .map(SigningKey::published)
                .map(JWK::toJSONString)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /**
     * Reads a file: PEM (PKCS #8) or JWKs. Blocks. Fails with a {@link Problem} that names what is wrong, and quotes
     * nothing of the file.
     */
    public static SigningKeys read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw Problem.invalid("too long (expected: at most " + MAX_BYTES + " bytes)");
            }
            return of(KeyFormats.read(new String(content, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw Problem.invalid(e.getClass().getSimpleName() + " (expected: readable)");
        }
    }

    private static SigningKeys of(List<JWK> read) {
        if (read.isEmpty() || read.size() > MOST_KEYS) {
            throw Problem.invalid(
                    read.size() + " keys (expected: 1 to " + MOST_KEYS + ", as PEM, PKCS #8, or as JWKs)");
        }
        List<SigningKey> keys = read.stream().map(SigningKey::of).toList();
        if (keys.stream().map(SigningKey::id).distinct().count() < keys.size()) {
            throw Problem.invalid("two keys with the same kid (expected: each once)");
        }
        if (!keys.get(0).canSign()) {
            throw Problem.invalid("the first key: without its private part (expected: one that signs)");
        }
        return new SigningKeys(keys);
    }

    Optional<SigningKey> first() {
        return keys.stream().findFirst();
    }

    /** A JWK set (RFC 7517, section 5) of the public parts. */
    String published() {
        return published;
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
