package io.revoker.cli.terminal;

import java.util.Locale;

/** Text from elsewhere, as it may be shown on a terminal. */
public final class Shown {
    private Shown() {}

    /** Without control characters: a name must not move the cursor or change a line that was printed before. */
    public static String text(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }

    /** A number with a word that has a plural in s. */
    public static String count(long number, String word) {
        return String.format(Locale.ROOT, "%,d %s%s", number, word, number == 1 ? "" : "s");
    }
}
