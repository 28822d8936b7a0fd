package io.revoker.http.openapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A request that is going to be sent. */
record Call(Listener listener, String method, String target, Map<String, String> headers, String body) {
    static final String CONTENT_TYPE = "Content-Type";
    static final String AUTHORIZATION = "Authorization";

    public static Call of(Listener listener, String method, String path) {
        return new Call(listener, method, path, Map.of(), "");
    }

    Call at(String otherTarget) {
        return new Call(listener, method, otherTarget, headers, body);
    }

    Call as(String otherMethod) {
        return new Call(listener, otherMethod, target, headers, body);
    }

    Call with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Call(listener, method, target, more, body);
    }

    Call without(String header) {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.remove(header);
        return new Call(listener, method, target, fewer, body);
    }

    Call asking(String parameter, String value) {
        String pair = parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new Call(listener, method, target + (target.contains("?") ? "&" : "?") + pair, headers, body);
    }

    Call saying(String text) {
        return new Call(listener, method, target, headers, text);
    }
}
