package io.revoker.domain;

/** The characters of a name that can't be seen by themselves, or that are none (RFC 8264, sections 9.5, 9.8, 9.10 to 9.14). */
final class InvisibleCharacters {
    private static final int NON_JOINER = 0x200c;
    private static final int JOINER = 0x200d;

    private InvisibleCharacters() {}

    /** Whether the characters beside it look otherwise with it, in some scripts: names do not differ by it alone. */
    static boolean isIgnored(int character) {
        return character == NON_JOINER || character == JOINER || isVariationSelector(character);
    }

    /** Whether no name may have it. */
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

    /** What is to be ignored by default (Unicode, Default_Ignorable_Code_Point), though it is no format character. */
    private static boolean isFiller(int character) {
        return switch (character) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164 -> true;
            default -> false;
        };
    }
}
