package io.revoker.client.view;

import java.text.Normalizer;
import java.util.Optional;

/**
 * The form of names that the service hashes: the profile UsernameCasePreserved (RFC 8265, section 3.4), without blanks
 * around it, joiners and variation selectors. The manual's page on the HTTP API describes it.
 */
final class CanonicalName {
    private static final int FIRST_WIDE = 0xff00;
    private static final int LAST_WIDE = 0xffef;
    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;

    private CanonicalName() {}

    /** Empty if the service refuses such a name. */
    static Optional<String> of(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (isPlain(name)) {
            return Optional.of(name);
        }
        StringBuilder mapped = new StringBuilder(name.length());
        if (!wide(name).codePoints().allMatch(character -> append(mapped, character))) {
            return Optional.empty();
        }
        String key = strip(Normalizer.normalize(mapped, Normalizer.Form.NFC));
        return Optional.of(key.isEmpty() ? " " : key);
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c >= ' ' && c <= '~') && !name.startsWith(" ") && !name.endsWith(" ");
    }

    private static String wide(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(character -> {
            String text = Character.toString(character);
            boolean isWide = character >= FIRST_WIDE && character <= LAST_WIDE;
            out.append(isWide ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text);
        });
        return out.toString();
    }

    /** False if the character is refused. */
    private static boolean append(StringBuilder out, int character) {
        if (Character.getType(character) == Character.SPACE_SEPARATOR) {
            out.append(' ');
        } else if (isRefused(character)) {
            return false;
        } else if (!isIgnored(character)) {
            out.appendCodePoint(character);
        }
        return true;
    }

    private static boolean isIgnored(int character) {
        return character == NON_JOINER
                || character == JOINER
                || isBetween(0xfe00, character, 0xfe0f)
                || isBetween(0xe0100, character, 0xe01ef)
                || isBetween(0x180b, character, 0x180d)
                || character == 0x180f;
    }

    private static boolean isBetween(int first, int character, int last) {
        return first <= character && character <= last;
    }

    private static boolean isRefused(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT -> !isIgnored(character);
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> isFiller(character);
        };
    }

    private static boolean isFiller(int character) {
        return switch (character) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164 -> true;
            default -> false;
        };
    }

    private static String strip(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && name.charAt(from) == ' ') {
            from++;
        }
        while (to > from && name.charAt(to - 1) == ' ') {
            to--;
        }
        return name.substring(from, to);
    }
}
