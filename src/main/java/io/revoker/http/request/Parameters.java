package io.revoker.http.request;

import io.revoker.domain.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of a query or of a form ({@code application/x-www-form-urlencoded}), each of which may be there once
 * (RFC 6749, section 3.2): of two values, two readers might take different ones. The form decoder of Vert.x is made for
 * uploads, and accepts more than percent-encoded UTF-8.
 *
 * @param values by name; one without an equals sign has an empty value
 */
public record Parameters(Map<String, String> values) {
    private static final Parameters NONE = new Parameters(Map.of());

    private static final int MOST = 16;

    /** An error may quote such a name. Any other text may be a token in the wrong place. */
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,32}");

    /** {@link URLDecoder} would also take {@code %+1}. */
    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** Maps each byte to one character. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    public Parameters {
        values = Map.copyOf(values);
    }

    /** Fails with a {@link Problem} if a parameter is there twice, there are too many, or this is not UTF-8. */
    public static Parameters ofForm(byte[] form) {
        return read("form", new String(form, BYTES));
    }

    /** The same for the query of a request; there are none without one. */
    public static Parameters ofQuery(HttpServerRequest request) {
        return Optional.ofNullable(request.query()).map(Parameters::ofQuery).orElse(NONE);
    }

    /** The same for a query, without its question mark. */
    public static Parameters ofQuery(String query) {
        return read("query", query);
    }

    /** Empty if it is absent or has no value: that is the same (RFC 6749, section 3.2). */
    public Optional<String> value(String name) {
        return given(name).filter(value -> !value.isEmpty());
    }

    /** As it is given, be it without a value. */
    public Optional<String> given(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Fails with a {@link Problem} if a query has another one than these, in whose order they are named. */
    public void requireOnly(List<String> known) {
        if (!known.containsAll(values.keySet())) {
            throw Problem.invalid("query: an unknown parameter (expected: " + String.join(", ", known) + ")");
        }
    }

    private static Parameters read(String place, String encoded) {
        Map<String, String> values = new HashMap<>();
        for (String part : encoded.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = decode(place, equals < 0 ? part : part.substring(0, equals));
                if (values.put(name, equals < 0 ? "" : decode(place, part.substring(equals + 1))) != null) {
                    throw Problem.invalid((NAME.matcher(name).matches() ? name : place + ": a parameter")
                            + ": given more than once (expected: once)");
                }
            }
            if (values.size() > MOST) {
                throw Problem.invalid(place + ": too many parameters (expected: at most " + MOST + ")");
            }
        }
        return new Parameters(values);
    }

    /**
     * The decoder alone would replace all malformed UTF-8 by the same character: different tokens would become equal.
     */
    private static String decode(String place, String text) {
        if (MALFORMED.matcher(text).find()) {
            throw Problem.invalid(place + ": not percent-encoded (expected: two hexadecimal digits after each %)");
        }
        byte[] bytes = URLDecoder.decode(text, BYTES).getBytes(BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw Problem.invalid(place + ": not UTF-8 (expected: percent-encoded UTF-8)");
        }
    }
}
