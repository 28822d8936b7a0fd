package io.revoker.jwt.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import io.revoker.domain.Problem;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of an issuer, a client or a reporter (RFC 7517, section 5) that may verify signatures.
 *
 * @param publicParts the keys as JSON, without what is secret: the same text means the same keys
 */
public record KeySet(List<Key> keys, String publicParts) {
    static final int MAX_BYTES = 256 * 1024;
    private static final int MOST_KEYS = 64;
    /** Keys that are tried for one token: of one id, or for a token that names none. */
    private static final int MOST_TRIED = 4;

    public KeySet {
        keys = List.copyOf(keys);
    }

    /**
     * Ignores keys that are for something else, too weak or of an unknown kind. Fails with a {@link Problem} if it is
     * not a set of keys, has too many, or none that can be used.
     */
    public static KeySet read(byte[] json) {
        return read(json, Providers.fastest());
    }

    static KeySet read(byte[] json, Providers providers) {
        JsonNode listed = Optional.of(json)
                .filter(text -> text.length <= MAX_BYTES)
                .flatMap(StrictJson::object)
                .map(set -> set.path("keys"))
                .filter(JsonNode::isArray)
                .orElseThrow(() -> unfit("not a JWK set"));
        if (listed.size() > MOST_KEYS) {
            throw unfit(listed.size() + " keys");
        }
        List<Key> keys = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (JsonNode each : listed) {
            Optional<JWK> jwk = parsed(each);
            jwk.flatMap(one -> Key.of(one, providers)).ifPresent(key -> {
                keys.add(key);
                parts.add(jwk.get().toPublicJWK().toJSONString());
            });
        }
        if (keys.isEmpty()) {
            throw unfit("no key that can be used");
        }
        return new KeySet(keys, "{\"keys\":[" + String.join(",", parts) + "]}");
    }

    /**
     * Those that may have signed a token, by what its header says: a few at most, and none if more would have to be
     * tried.
     */
    public List<Key> candidates(Algorithm algorithm, Optional<String> keyId) {
        List<Key> fit = keys.stream()
                .filter(key -> key.algorithms().contains(algorithm))
                .filter(key -> keyId.isEmpty() || keyId.equals(key.id()))
                .toList();
        return fit.size() <= MOST_TRIED ? fit : List.of();
    }

    private static Optional<JWK> parsed(JsonNode key) {
        try {
            return Optional.of(JWK.parse(key.toString()));
        } catch (ParseException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static Problem unfit(String what) {
        return Problem.invalid(what + " (expected: a JWK set of at most " + MAX_BYTES + " bytes and " + MOST_KEYS
                + " keys, one of them for signatures)");
    }
}
