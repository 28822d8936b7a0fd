package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.revoker.http.Json.Utf8;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The formats in which Elasticsearch reads and writes objects. */
enum WireFormat {
    JSON("application/json; charset=UTF-8", JsonFactory.builder()),
    YAML("application/yaml", YAMLFactory.builder()),
    SMILE("application/smile", SmileFactory.builder()),
    CBOR("application/cbor", CBORFactory.builder());

    private final String contentType;

    @SuppressWarnings("ImmutableEnumChecker") // immutable, though not annotated so
    private final ObjectReader reader;

    @SuppressWarnings("ImmutableEnumChecker")
    private final ObjectWriter writer;

    WireFormat(String contentType, TSFBuilder<?, ?> factory) {
        this.contentType = contentType;
        ObjectMapper mapper = new ObjectMapper(factory.streamReadConstraints(constraints())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        this.reader = mapper.reader();
        this.writer = mapper.writer();
    }

    /** The format that {@code ?format=} names: json, yaml, smile or cbor. */
    static Optional<WireFormat> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "json" -> Optional.of(JSON);
            case "yaml" -> Optional.of(YAML);
            case "smile" -> Optional.of(SMILE);
            case "cbor" -> Optional.of(CBOR);
            default -> Optional.empty();
        };
    }

    /** The content type of an answer in this format, whichever variant was requested. */
    String contentType() {
        return contentType;
    }

    JsonParser parser(byte[] body) throws IOException {
        if (isText() && !isOtherUnicode(body) && !Utf8.isValid(body)) {
            throw new CharConversionException("not UTF-8");
        }
        return reader.createParser(body);
    }

    private boolean isText() {
        return this == JSON || this == YAML;
    }

    /**
     * JSON begins with ASCII: so in UTF-16 and UTF-32 the first bytes contain a zero byte or a byte order mark, which
     * never occur in UTF-8.
     */
    private static boolean isOtherUnicode(byte[] body) {
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0 || (body[i] & 0xFE) == 0xFE) {
                return true;
            }
        }
        return false;
    }

    ObjectWriter writer() {
        return writer;
    }

    /** Strings up to a mebibyte: no token is longer. An accepted request has depth one. */
    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(32)
                .maxStringLength(1 << 20)
                .maxNumberLength(1_000)
                .maxNameLength(1_000)
                .build();
    }
}
