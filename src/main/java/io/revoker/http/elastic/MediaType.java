package io.revoker.http.elastic;

import java.util.Arrays;
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

    /** The format it stands for; empty if none, or if it asks for a version of the API that is not served. */
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
}
