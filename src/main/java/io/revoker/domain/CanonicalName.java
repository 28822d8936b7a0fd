package io.revoker.domain;

import java.text.Normalizer;

/**
 * The canonical form of a name. Names that look alike because they use different Unicode forms, or have blanks around
 * them, share one canonical form; upper and lower case differ.
 *
 * <p>The form follows the profile UsernameCasePreserved (RFC 8265, section 3.4): full-width and half-width characters
 * are mapped to their common ones, and the rest is normalised to NFC. Revoker does not assign names; it has to accept
 * those that an authorization server has assigned. So it accepts all of the FreeformClass of RFC 8264, symbols and
 * blanks too. Every blank becomes the common one. Blanks around the name are dropped, and so are joiners and variation
 * selectors. Invisible characters are refused, and so are unassigned and private-use characters.
 */
final class CanonicalName {
    /** The form of a name that has only blanks: no other name has it. */
    static final String BLANK = " ";

    private static final int FIRST_WIDE = 0xff00;
    private static final int LAST_WIDE = 0xffef;

    private CanonicalName() {}

    /** @throws Problem of kind invalid */
    static String of(String field, String name) {
        if (isPlain(name)) {
            return name;
        }
        StringBuilder mapped = new StringBuilder(name.length());
        wide(name).codePoints().forEach(character -> append(mapped, field, character));
        String key = strip(Normalizer.normalize(mapped, Normalizer.Form.NFC));
        return key.isEmpty() ? BLANK : key;
    }

    /** For a name that was accepted earlier: one that is refused today is its own canonical form. */
    static String ofStored(String name) {
        try {
            return of("name", name);
        } catch (Problem refused) {
            return name;
        }
    }

    /** Fast path: nearly all names are plain ASCII, and this runs for every check. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return !name.startsWith(" ") && !name.endsWith(" ");
    }

    private static String wide(String name) {
        if (name.chars().noneMatch(c -> c >= FIRST_WIDE && c <= LAST_WIDE)) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(character -> {
            String text = Character.toString(character);
            boolean isWide = character >= FIRST_WIDE && character <= LAST_WIDE;
            out.append(isWide ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text);
        });
        return out.toString();
    }

    private static void append(StringBuilder out, String field, int character) {
        if (Character.getType(character) == Character.SPACE_SEPARATOR) {
            out.append(' ');
        } else if (InvisibleCharacters.isRefused(character)) {
            throw Problem.invalid(field + ": the character U+" + String.format("%04X", character)
                    + " (expected: characters that can be seen)");
        } else if (!InvisibleCharacters.isIgnored(character)) {
            out.appendCodePoint(character);
        }
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

    /**
     * The characters of a name that are invisible by themselves, or that are not assigned (RFC 8264, sections 9.5,
     * 9.8, 9.10 to 9.14).
     */
    static final class InvisibleCharacters {
        private static final int NON_JOINER = 0x200c;
        private static final int JOINER = 0x200d;

        private InvisibleCharacters() {}

        /**
         * Whether the character only changes the look of its neighbours, in some scripts: names do not differ by it
         * alone.
         */
        static boolean isIgnored(int character) {
            return character == NON_JOINER || character == JOINER || isVariationSelector(character);
        }

        /** Whether a name may not contain the character. */
        static boolean isRefused(int character) {
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

        private static boolean isVariationSelector(int character) {
            return isBetween(0xfe00, character, 0xfe0f)
                    || isBetween(0xe0100, character, 0xe01ef)
                    || isBetween(0x180b, character, 0x180d)
                    || character == 0x180f;
        }

        private static boolean isBetween(int first, int character, int last) {
            return first <= character && character <= last;
        }

        /** Ignorable by default (Unicode, Default_Ignorable_Code_Point), though not a format character. */
        private static boolean isFiller(int character) {
            return switch (character) {
                case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164 -> true;
                default -> false;
            };
        }
    }
}
