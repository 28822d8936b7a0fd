package io.revoker.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are UTF-8 to the letter. The parsers take longer forms of a character than the shortest (RFC 3629, section 3), and halves of a pair: then two
 * bodies that differ name the same user, and what a filter in front has looked for passes it in another form.
 */
public final class Utf8 {
    private Utf8() {}

    public static boolean isValid(byte[] text) {
        return isAscii(text) || isDecodable(text);
    }

    private static boolean isAscii(byte[] text) {
        for (byte each : text) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDecodable(byte[] text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .hasArray();
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
