package io.revoker.http.elastic;

import io.revoker.bus.Revoke;
import io.revoker.http.elastic.MediaType.MediaTypes;
import io.revoker.http.single.ReceiptWaits;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The query parameters of a request: options for the rendering, and whether to wait. */
record ElasticParameters(Map<String, String> values) {
    private static final String PRETTY = "pretty";
    private static final String HUMAN = "human";
    private static final String ERROR_TRACE = "error_trace";
    private static final String FILTER_PATH = "filter_path";
    private static final String FORMAT = "format";
    private static final String WAIT_FOR_COMPLETION = "wait_for_completion";
    private static final List<String> KNOWN = Stream.concat(
                    Stream.of(ERROR_TRACE, FILTER_PATH, FORMAT, HUMAN, PRETTY, WAIT_FOR_COMPLETION),
                    ReceiptWaits.PARAMETERS.stream())
            .toList();

    ElasticParameters {
        values = Map.copyOf(values);
    }

    /**
     * How to render the answer.
     *
     * @param contentTypes the values of all Content-Type headers; they need not be valid
     * @throws ElasticError 400 if a flag is neither true nor false
     */
    Rendering rendering(Optional<String> accept, List<String> contentTypes) {
        Set<Rendering.Option> options = EnumSet.noneOf(Rendering.Option.class);
        if (flag(PRETTY)) {
            options.add(Rendering.Option.PRETTY);
        }
        if (flag(ERROR_TRACE)) {
            options.add(Rendering.Option.ERROR_TRACE);
        }
        requireFlag(HUMAN);
        return new Rendering(
                MediaTypes.ofResponse(value(FORMAT), accept, contentTypes),
                options,
                value(FILTER_PATH).map(FieldFilter::parse).orElse(FieldFilter.NONE));
    }

    /**
     * Refuses parameters that the API does not have.
     *
     * @param path of the request, without its query
     * @throws ElasticError 400 that names each of them
     */
    void requireKnown(String path) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        KNOWN.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw RequestErrors.illegalArgument(unrecognized(path, unknown));
        }
    }

    /**
     * What the answer waits for. Elasticsearch's invalidation has no such parameter; its other long operations have.
     *
     * @throws ElasticError 400 if it is neither true nor false
     */
    Revoke.Until until() {
        requireFlag(WAIT_FOR_COMPLETION);
        return value(WAIT_FOR_COMPLETION).filter("false"::equals).isPresent()
                ? Revoke.Until.MARKED
                : Revoke.Until.SWEPT;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A flag without a value counts as true. */
    private boolean flag(String name) {
        requireFlag(name);
        return value(name).map(text -> !text.equals("false")).orElse(false);
    }

    private void requireFlag(String name) {
        String text = value(name).orElse("");
        if (!Set.of("", "true", "false").contains(text)) {
            throw RequestErrors.illegalArgument(
                    "Failed to parse value [" + text + "] as only [true] or [false] are allowed.");
        }
    }

    private static String unrecognized(String path, Set<String> unknown) {
        return "request [" + path + "] contains unrecognized parameter" + (unknown.size() == 1 ? "" : "s") + ": "
                + String.join(
                        ", ", unknown.stream().map(ElasticParameters::described).toList());
    }

    private static String described(String unknown) {
        List<String> near = Suggestions.near(unknown, KNOWN);
        return "[" + unknown + "]" + (near.isEmpty() ? "" : " -> did you mean " + Suggestions.text(near));
    }
}
