package io.revoker.jwt.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads JSON objects that others have written, so that every verifier reads the same in them: UTF-8, no member twice
 * (RFC 7519, section 4), nothing after it.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 20;
    private static final JsonMapper MAPPER = mapper();

    private StrictJson() {}

    /** Empty if it is not an object, or not in that form. */
    public static Optional<JsonNode> object(byte[] text) {
        try {
            return Optional.of(isAscii(text) ? MAPPER.readTree(text) : MAPPER.readTree(decoded(text)))
                    .filter(JsonNode::isObject);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** Most are, and then need no decoder. Zeros would make the mapper look for another encoding. */
    private static boolean isAscii(byte[] text) {
        for (byte each : text) {
            if (each <= 0) {
                return false;
            }
        }
        return true;
    }

    /** The mapper would accept malformed UTF-8. */
    private static String decoded(byte[] text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .build())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
