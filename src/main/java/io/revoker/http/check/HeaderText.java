package io.revoker.http.check;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text for a header: visible ASCII and blanks as they are, everything else and the percent sign as percent-encoded UTF-8. A recipient drops the blanks
 * around a value, so there they are encoded too: {@code " joe"} must not be taken for {@code "joe"}. A header that says nothing is {@code -}, and a text that
 * is just that is encoded.
 */
final class HeaderText {
    private static final String NOTHING = "-";

    private HeaderText() {}

    static String of(String text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        if (text.equals(NOTHING)) {
            return "%2D";
        }
        if (!text.equals(text.strip())) {
            return encode(text);
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return encode(text);
            }
        }
        return text;
    }

    private static String encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            boolean outer = i == 0 || i == bytes.length - 1;
            if (bytes[i] > 0 && isPlain((char) bytes[i]) && !(outer && bytes[i] == ' ')) {
                out.append((char) bytes[i]);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '%';
    }
}
