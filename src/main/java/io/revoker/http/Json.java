package io.revoker.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.revoker.domain.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The JSON mapper of the HTTP edge: strict about what it reads, and bounded. */
public final class Json {
    private static final int MAX_DEPTH = 20;
    private static final byte[] BYTE_ORDER_MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    public static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree has a JSON form", e);
        }
    }

    /**
     * Reads one document of UTF-8. Anything else is a {@link Problem} that has the position, and quotes nothing of the
     * text.
     */
    public static JsonNode read(byte[] text) {
        if (!Utf8.isValid(text)) {
            throw Problem.invalid("body: not UTF-8 (expected: UTF-8)");
        }
        try {
            int begin = begin(text);
            return MAPPER.readTree(text, begin, text.length - begin);
        } catch (JsonProcessingException e) {
            throw Problem.invalid("body: " + failure(e) + place(Optional.ofNullable(e.getLocation())));
        } catch (IOException e) {
            throw Problem.invalid("body: not JSON");
        }
    }

    /** Jackson has no exception types of their own for these. */
    private static String failure(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return e.getOriginalMessage().startsWith("Document nesting depth")
                    ? "nested too deeply (expected: at most " + MAX_DEPTH + " levels)"
                    : "a name, a number or a text that is too long";
        }
        return e.getOriginalMessage().startsWith("Duplicate field") ? "a name twice in one object" : "not JSON";
    }

    /** Skips the byte order mark, which some editors write although they should not (RFC 8259, section 8.1). */
    private static int begin(byte[] text) {
        return Arrays.mismatch(text, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
    }

    /** Some errors have no position. */
    private static String place(Optional<JsonLocation> location) {
        return location.map(at -> " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                .orElse("");
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper;
    }

    /**
     * Whether bytes are strictly valid UTF-8. The parsers accept overlong forms of a character (RFC 3629, section 3),
     * and unpaired surrogates. Then two different bodies would name the same user, and a name could pass a filter in
     * front of Revoker in another form.
     */
    public static final class Utf8 {
        private Utf8() {}

        public static boolean isValid(byte[] text) {
            return isAscii(text) || isDecodable(text);
        }

        private static boolean isAscii(byte[] text) {
            for (byte each : text) {
                if (each < 0) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isDecodable(byte[] text) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(text))
                        .hasArray();
            } catch (CharacterCodingException malformed) {
                return false;
            }
        }
    }
}
