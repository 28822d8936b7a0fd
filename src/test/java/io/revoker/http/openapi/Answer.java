package io.revoker.http.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the service answered; names of headers in lower case. */
record Answer(int status, Map<String, List<String>> headers, String body) {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("content-type", "content-length", "transfer-encoding", "connection", "date");

    Answer {
        Map<String, List<String>> lowerCase = new TreeMap<>();
        headers.forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), values));
        headers = lowerCase;
    }

    /** Without its parameters; empty if there is none. */
    String mediaType() {
        return headers.getOrDefault("content-type", List.of("")).get(0).split(";", 2)[0];
    }

    /** The headers that a description has to name. */
    Map<String, List<String>> ownHeaders() {
        Map<String, List<String>> own = new TreeMap<>(headers);
        own.keySet().removeAll(OF_THE_CONNECTION);
        return own;
    }
}
