package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An answer, ready to be sent.
 *
 * @param contentType the value of its Content-Type
 * @param headers its other headers, one line for each value
 * @param body belongs to the answer: do not modify it
 */
@SuppressWarnings("ArrayRecordComponent") // answers are written, never compared
record ElasticAnswer(int status, String contentType, Map<String, List<String>> headers, byte[] body) {

    /** The answer in the format that the caller requested. */
    static ElasticAnswer of(int status, ObjectNode answer, Rendering rendering) {
        return new ElasticAnswer(
                status,
                rendering.format().contentType(),
                Map.of(),
                BodyWriter.write(rendering.filter().apply(answer), rendering));
    }

    /** The error in the format that the caller requested; errors are never filtered. */
    static ElasticAnswer of(ElasticError error, Rendering rendering) {
        return new ElasticAnswer(
                error.status(),
                rendering.format().contentType(),
                error.headers(),
                BodyWriter.write(ErrorBody.of(error, rendering), rendering));
    }

    /**
     * Writes a body. Only JSON has a pretty form: {@code "name" : value}, two spaces a level, a line break at the end.
     */
    static final class BodyWriter {
        private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
        private static final ObjectWriter PRETTY = WireFormat.JSON
                .writer()
                .with(new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

        private BodyWriter() {}

        static byte[] write(ObjectNode body, Rendering rendering) {
            try {
                return rendering.format() == WireFormat.JSON && rendering.has(Rendering.Option.PRETTY)
                        ? (PRETTY.writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8)
                        : rendering.format().writer().writeValueAsBytes(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of texts and numbers can always be written", e);
            }
        }
    }
}
