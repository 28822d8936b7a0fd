package io.revoker.domain;

import java.text.Normalizer;

/**
 * The form of a name that tells it from others. Names that look alike because they are written in other Unicode forms, or with blanks around them, have the
 * same one; upper and lower case differ.
 *
 * <p>It is made as the profile UsernameCasePreserved makes it (RFC 8265, section 3.4): full-width and half-width characters become their usual ones, and
 * the rest is normalised to NFC. Revoker does not assign names, it has to take those that an authorization server has assigned: so all of the
 * FreeformClass of RFC 8264 is let in, symbols and blanks too. Any blank is the common one, those around the name do not count, nor does what joins
 * characters or chooses among their looks. What nobody can see is refused, and what is no character yet, or only by private agreement.
 */
final class CanonicalName {
    /** Of a name of nothing but blanks: no other name has it. */
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

    /** Of a name that was let in before: one that is refused today stands for itself. */
    static String ofStored(String name) {
        try {
            return of("name", name);
        } catch (Problem refused) {
            return name;
        }
    }

    /** Nearly all names are, and this is asked for every check. */
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
}
