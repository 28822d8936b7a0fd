package io.revoker.http.oauth;

import io.revoker.caller.Credentials;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The fields of {@code application/x-www-form-urlencoded}. The form decoder of Vert.x is made for uploads: more than a
 * form of one field needs.
 *
 * @param values one for each name, in the same order
 */
record Form(List<String> names, List<String> values) {
    private static final int MAX_FIELDS = 16;
    static final String CLIENT = "client_id";
    private static final String SECRET = "client_secret";
    private static final String ASSERTION = "client_assertion";
    private static final String ASSERTION_TYPE = "client_assertion_type";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Maps each byte to one character. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    /**
     * Returns a form without fields if this is not a form, has more than {@value #MAX_FIELDS} fields, or is not UTF-8.
     */
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

    /** The value of the only field with that name; empty if there are none or several, or if the value is empty. */
    Optional<String> only(String name) {
        int index = names.indexOf(name);
        return index >= 0 && index == names.lastIndexOf(name)
                ? Optional.of(values.get(index)).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /** The ways in which it says who sends it: RFC 6749, section 2.3, allows one. */
    int proofs() {
        return (has(SECRET) ? 1 : 0) + (has(ASSERTION) || has(ASSERTION_TYPE) ? 1 : 0);
    }

    private boolean has(String name) {
        return IntStream.range(0, names.size())
                .anyMatch(i -> names.get(i).equals(name) && !values.get(i).isEmpty());
    }

    /** The id and the secret of a client (RFC 6749, section 2.3.1). */
    Credentials secret() {
        Optional<String> id = only(CLIENT);
        Optional<String> secret = only(SECRET);
        return id.isPresent() && secret.isPresent()
                ? Credentials.ofForm(id.get(), secret.get())
                : new Credentials.None();
    }

    /** What a client has signed (RFC 7523, section 2.2). */
    Credentials assertion() {
        return only(ASSERTION)
                .filter(jwt -> only(ASSERTION_TYPE).filter(JWT_BEARER::equals).isPresent())
                .<Credentials>map(jwt -> new Credentials.Assertion(only(CLIENT), jwt))
                .orElseGet(Credentials.None::new);
    }

    /**
     * The decoder alone would replace all malformed UTF-8 by the same character: different tokens would become equal.
     */
    private static String decode(String text) throws CharacterCodingException {
        byte[] bytes = URLDecoder.decode(text, BYTES).getBytes(BYTES);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
