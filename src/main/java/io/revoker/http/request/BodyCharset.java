package io.revoker.http.request;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charset that the type of a body declares. Every body is read as UTF-8 (RFC 8259, section 8.1; the URL standard
 * for forms): one that declares anything else means another text.
 */
public final class BodyCharset {
    /** Of every refusal. */
    public static final String EXPECTED = "Content-Type: another charset (expected: UTF-8)";

    private static final Pattern DECLARED =
            Pattern.compile(";\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|([^;]*))", Pattern.CASE_INSENSITIVE);

    /** ASCII is a part of it. */
    private static final Set<Charset> UTF_8 = Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

    private BodyCharset() {}

    /** Whether a body is what it says: true if it does not say anything. */
    public static boolean isUtf8(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.CONTENT_TYPE).stream().allMatch(BodyCharset::isUtf8);
    }

    /**
     * The same for the type of a body.
     *
     * @param type as a Content-Type header has it, with its parameters
     */
    public static boolean isUtf8(String type) {
        Matcher declared = DECLARED.matcher(type);
        while (declared.find()) {
            if (!isUtf8Name(declared.group(1) == null ? declared.group(2).strip() : declared.group(1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8Name(String name) {
        try {
            return UTF_8.contains(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
