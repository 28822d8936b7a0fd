package io.revoker.trace;

import io.vertx.core.spi.tracing.TagExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The allowed attributes of the span of a request: of the tags that Vert.x offers, those whose values come from a
 * small fixed set. The URL is not one of them, and a method is kept only if it is one of RFC 9110: a client may send
 * any text there.
 */
record SpanAttributes(List<Map.Entry<String, String>> pairs) {
    private static final String METHOD = "http.request.method";
    private static final String STATUS = "http.response.status_code";
    private static final String ADDRESS = "messaging.destination.name";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final Map<String, UnaryOperator<String>> ALLOWED = Map.of(
            METHOD,
            method -> METHODS.contains(method) ? method : "_OTHER",
            "url.scheme",
            scheme -> scheme.equals("https") ? scheme : "http",
            ADDRESS,
            SpanAttributes::publicly,
            "messaging.system",
            UnaryOperator.identity(),
            "messaging.operation.name",
            UnaryOperator.identity(),
            "db.system",
            UnaryOperator.identity(),
            "db.operation.name",
            UnaryOperator.identity());

    static <R> SpanAttributes of(R request, TagExtractor<R> tags) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (int i = 0; i < tags.len(request); i++) {
            String name = tags.name(request, i);
            UnaryOperator<String> word = ALLOWED.get(name);
            if (word != null) {
                pairs.add(Map.entry(name, word.apply(tags.value(request, i))));
            }
        }
        return new SpanAttributes(pairs);
    }

    /** The status of an HTTP response; absent for any other. */
    static <R> Optional<Integer> status(R response, TagExtractor<R> tags) {
        for (int i = 0; i < tags.len(response); i++) {
            if (tags.name(response, i).equals(STATUS)) {
                return Optional.of(Integer.valueOf(tags.value(response, i)));
            }
        }
        return Optional.empty();
    }

    /**
     * The name of a span: the method of an HTTP request (its route is known later), or the operation and the address
     * of a message on the event bus.
     */
    String name(String operation) {
        return value(METHOD)
                .map(SpanAttributes::begin)
                .or(() -> value(ADDRESS).map(address -> operation + " " + address))
                .orElse(operation);
    }

    /** The first word of the name of an HTTP span. */
    static String begin(String method) {
        return METHODS.contains(method) ? method : "HTTP";
    }

    <R> TagExtractor<R> tags() {
        return new TagExtractor<>() {
            @Override
            public int len(R request) {
                return pairs.size();
            }

            @Override
            public String name(R request, int index) {
                return pairs.get(index).getKey();
            }

            @Override
            public String value(R request, int index) {
                return pairs.get(index).getValue();
            }
        };
    }

    private Optional<String> value(String name) {
        return pairs.stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The public address of a private one, without the name of the event loop at its end. */
    private static String publicly(String address) {
        int end = address.indexOf('@');
        return end < 0 ? address : address.substring(0, end);
    }
}
