package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which tokens a revocation of many spares. */
final class OlderTokens {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    @Option(
            names = "--issued-before",
            paramLabel = "TIME",
            description = "only tokens that were issued before, as in RFC 3339 or in seconds since 1970")
    private Optional<String> time = Optional.empty();

    Optional<String> time() {
        return time;
    }

    /** The service takes seconds as a number, and anything else as text. */
    ObjectNode addTo(ObjectNode document) {
        time.ifPresent(given -> {
            if (SECONDS.matcher(given).matches()) {
                document.put("issued_before", Long.parseLong(given));
            } else {
                document.put("issued_before", given);
            }
        });
        return document;
    }
}
