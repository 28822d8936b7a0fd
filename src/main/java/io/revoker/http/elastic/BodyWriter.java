package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Writes a body; only JSON has a pretty form: {@code "name" : value}, two spaces a level, a line's end at the end. */
final class BodyWriter {
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
