package io.revoker.http.elastic;

import io.revoker.http.request.BodyCharset;
import io.revoker.http.request.BodyReader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A media type (RFC 9110, section 8.3.1).
 *
 * @param name in lower case, such as {@code application/json}
 * @param parameters in lower case
 */
record MediaType(String name, Map<String, String> parameters) {
    private static final Pattern NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+/[\\w!#$%&'*+.^`|~-]+");
    private static final String VENDOR = "application/vnd.elasticsearch+";
    private static final Pattern VERSION = Pattern.compile("[789]");

    MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** Empty if the text does not begin with a type and a subtype. */
    static Optional<MediaType> parse(String header) {
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        String name = parts[0].strip();
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(new MediaType(
                name,
                Arrays.stream(parts)
                        .skip(1)
                        .map(part -> part.split("=", 2))
                        .filter(pair -> pair.length == 2)
                        .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip(), (a, b) -> b))));
    }

    /**
     * The format of this type; empty if there is none, or if it requests a version of the API that is not supported.
     */
    Optional<WireFormat> format() {
        if (!VERSION.matcher(parameters.getOrDefault("compatible-with", "7")).matches()) {
            return Optional.empty();
        }
        return switch (name.replace(VENDOR, "application/")) {
            case "application/json", "application/x-ndjson" -> Optional.of(WireFormat.JSON);
            case "application/yaml" -> Optional.of(WireFormat.YAML);
            case "application/smile" -> Optional.of(WireFormat.SMILE);
            case "application/cbor" -> Optional.of(WireFormat.CBOR);
            default -> Optional.empty();
        };
    }

    /** Chooses the format of a request and of its answer. */
    static final class MediaTypes {
        private MediaTypes() {}

        /**
         * The format of a request's body.
         *
         * @param contentTypes the values of all Content-Type headers
         * @param bodyLength a request without a body needs no type, and may have any that is well-formed
         * @throws ElasticError 400 if the header is malformed or repeated, 406 if its type is missing or not served
         */
        static WireFormat ofRequest(List<String> contentTypes, int bodyLength) {
            if (contentTypes.size() > 1) {
                throw RequestErrors.contentTypeRepeated();
            }
            if (contentTypes.isEmpty()) {
                return ofUntyped(bodyLength);
            }
            String header = contentTypes.get(0);
            MediaType type = MediaType.parse(header).orElseThrow(() -> RequestErrors.contentTypeMalformed(header));
            if (bodyLength == 0) {
                return type.format().orElse(WireFormat.JSON);
            }
            return type.format()
                    .filter(format -> BodyCharset.isUtf8(header))
                    .orElseThrow(() -> RequestErrors.contentTypeUnsupported(header));
        }

        /**
         * Refuses what the head of a request shows to be wrong. A request without a declared length may have no body.
         *
         * @throws ElasticError as {@link #ofRequest}
         */
        static void requireOfHead(HttpServerRequest request) {
            ofRequest(request.headers().getAll(HttpHeaders.CONTENT_TYPE), (int)
                    Math.min(Integer.MAX_VALUE, BodyReader.declaredLength(request)));
        }

        /** The format of an answer: by the parameter, else by Accept, else that of the request, else JSON. */
        static WireFormat ofResponse(Optional<String> parameter, Optional<String> accept, List<String> contentTypes) {
            return parameter
                    .or(() -> accept)
                    .flatMap(MediaTypes::named)
                    .or(() -> contentTypes.stream().findFirst().flatMap(MediaTypes::ofHeader))
                    .orElse(WireFormat.JSON);
        }

        private static WireFormat ofUntyped(int bodyLength) {
            if (bodyLength > 0) {
                throw RequestErrors.contentTypeMissing();
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
}
