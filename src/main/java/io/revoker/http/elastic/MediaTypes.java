package io.revoker.http.elastic;

import io.revoker.http.BodyReader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** Which format a request has, and which one its answer gets. */
final class MediaTypes {
    private MediaTypes() {}

    /**
     * The format of a request's body.
     *
     * @param contentTypes the values of all Content-Type headers
     * @param bodyLength a request without a body needs no type, and may have any that is well-formed
     * @throws ElasticFault 400 if the header is malformed or repeated, 406 if its type is missing or not served
     */
    static WireFormat ofRequest(List<String> contentTypes, int bodyLength) {
        if (contentTypes.size() > 1) {
            throw RequestFaults.contentTypeRepeated();
        }
        if (contentTypes.isEmpty()) {
            return ofUntyped(bodyLength);
        }
        String header = contentTypes.get(0);
        MediaType type = MediaType.parse(header).orElseThrow(() -> RequestFaults.contentTypeMalformed(header));
        if (bodyLength == 0) {
            return type.format().orElse(WireFormat.JSON);
        }
        return type.format().orElseThrow(() -> RequestFaults.contentTypeUnsupported(header));
    }

    /**
     * Refuses what the head of a request shows to be wrong: one that does not say how long its body is may have none.
     *
     * @throws ElasticFault as {@link #ofRequest}
     */
    static void requireOfHead(HttpServerRequest request) {
        ofRequest(request.headers().getAll(HttpHeaders.CONTENT_TYPE), (int)
                Math.min(Integer.MAX_VALUE, BodyReader.declaredLength(request)));
    }

    /** The format of an answer: as the parameter says, else as Accept says, else as the request had it, else JSON. */
    static WireFormat ofResponse(Optional<String> parameter, Optional<String> accept, List<String> contentTypes) {
        return parameter
                .or(() -> accept)
                .flatMap(MediaTypes::named)
                .or(() -> contentTypes.stream().findFirst().flatMap(MediaTypes::ofHeader))
                .orElse(WireFormat.JSON);
    }

    private static WireFormat ofUntyped(int bodyLength) {
        if (bodyLength > 0) {
            throw RequestFaults.contentTypeMissing();
        }
        return WireFormat.JSON;
    }

    private static Optional<WireFormat> named(String name) {
        return WireFormat.named(name).or(() -> ofHeader(name));
    }

    private static Optional<WireFormat> ofHeader(String header) {
        return MediaType.parse(header).flatMap(MediaType::format);
    }
}
