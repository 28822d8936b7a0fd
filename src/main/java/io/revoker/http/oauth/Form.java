package io.revoker.http.oauth;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code application/x-www-form-urlencoded}. The form decoder of Vert.x is made for uploads: more than a form of one field needs. */
final class Form {
    private static final int MAX_FIELDS = 16;

    /** A character for each byte. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private Form() {}

    /**
     * The value of the one field of that name; nothing if there are none or several, if the value is empty, or if this is no form, or one of more than
     * {@value #MAX_FIELDS} fields, or none of UTF-8.
     */
    static Optional<String> only(String name, byte[] form) {
        String[] fields = new String(form, BYTES).split("&", MAX_FIELDS + 1);
        if (fields.length > MAX_FIELDS) {
            return Optional.empty();
        }
        try {
            List<String> values = values(name, fields);
            return values.size() == 1 && !values.get(0).isEmpty() ? Optional.of(values.get(0)) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException undecodable) {
            return Optional.empty();
        }
    }

    private static List<String> values(String name, String[] fields) throws CharacterCodingException {
        List<String> values = new ArrayList<>(1);
        for (String field : fields) {
            int equals = field.indexOf('=');
            String key = decode(field.substring(0, Math.max(0, equals)));
            String value = decode(field.substring(equals + 1));
            if (key.equals(name)) {
                values.add(value);
            }
        }
        return values;
    }

    /** The decoder alone would put the same character in place of all that is no UTF-8: different tokens would be one. */
    private static String decode(String text) throws CharacterCodingException {
        byte[] bytes = URLDecoder.decode(text, BYTES).getBytes(BYTES);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
