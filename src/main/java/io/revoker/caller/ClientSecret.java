package io.revoker.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** A secret in clear text, for as long as a request takes. It is never printed. */
public final class ClientSecret {
    private final byte[] utf8;

    private ClientSecret(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The text as a secret; empty if the text is empty or contains control characters, which RFC 7617 forbids. */
    public static Optional<ClientSecret> of(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.of(new ClientSecret(text.getBytes(UTF_8)));
    }

    /** Like {@link #of(String)}; empty also if the bytes are not UTF-8. */
    public static Optional<ClientSecret> of(byte[] utf8) {
        return decode(utf8).flatMap(ClientSecret::of);
    }

    static Optional<String> decode(byte[] utf8) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    byte[] bytes() {
        return utf8.clone();
    }

    char[] chars() {
        CharBuffer decoded = UTF_8.decode(ByteBuffer.wrap(utf8));
        char[] chars = new char[decoded.remaining()];
        decoded.get(chars);
        return chars;
    }

    @Override
    public String toString() {
        return "hidden";
    }
}
