package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * An answer, ready to be sent.
 *
 * @param contentType the value of its Content-Type
 * @param headers what else it carries, one line for each value
 * @param body belongs to the answer: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // answers are written, never compared
record ElasticAnswer(int status, String contentType, Map<String, List<String>> headers, byte[] body) {

    /** The answer as the caller wants it. */
    static ElasticAnswer of(int status, ObjectNode answer, Rendering rendering) {
        return new ElasticAnswer(
                status,
                rendering.format().contentType(),
                Map.of(),
                BodyWriter.write(rendering.filter().apply(answer), rendering));
    }

    /** The error as the caller wants it; errors are never filtered. */
    static ElasticAnswer of(ElasticFault fault, Rendering rendering) {
        return new ElasticAnswer(
                fault.status(),
                rendering.format().contentType(),
                fault.headers(),
                BodyWriter.write(FaultBody.of(fault, rendering), rendering));
    }
}
