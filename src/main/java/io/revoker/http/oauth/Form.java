package io.revoker.http.oauth;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of {@code application/x-www-form-urlencoded}. The form decoder of Vert.x is made for uploads: more than a form of one field needs.
 *
 * @param values one for each name, in the same order
 */
record Form(List<String> names, List<String> values) {
    private static final int MAX_FIELDS = 16;

    /** A character for each byte. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    /** A form without fields if this is none, or one of more than {@value #MAX_FIELDS} fields, or none of UTF-8. */
    static Form read(byte[] form) {
        Form read = new Form(new ArrayList<>(2), new ArrayList<>(2));
        String[] fields = new String(form, BYTES).split("&", MAX_FIELDS + 1);
        try {
            for (String field : fields.length > MAX_FIELDS ? new String[0] : fields) {
                int equals = field.indexOf('=');
                read.names.add(decode(field.substring(0, Math.max(0, equals))));
                read.values.add(decode(field.substring(equals + 1)));
            }
            return read;
        } catch (IllegalArgumentException | CharacterCodingException undecodable) {
            return new Form(List.of(), List.of());
        }
    }

    /** The value of the one field of that name; nothing if there are none or several, or if the value is empty. */
    Optional<String> only(String name) {
        int index = names.indexOf(name);
        return index >= 0 && index == names.lastIndexOf(name)
                ? Optional.of(values.get(index)).filter(value -> !value.isEmpty())
                : Optional.empty();
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
