package io.revoker.cli;

/**
 * What an examination of an installation has found about one thing.
 *
 * @param text what is so, and if it is not well what is expected instead
 */
public record Finding(Grade grade, String subject, String text) {
    /** How it stands. */
    public enum Grade {
        OK("ok", 32),
        /** It works, but should be known. */
        WARNING("warning", 33),
        /** It has to be mended. */
        MEND("mend", 31);

        private final String word;
        private final int colour;

        Grade(String word, int colour) {
            this.word = word;
            this.colour = colour;
        }

        String word() {
            return word;
        }

        /** Its colour, as in ECMA-48 (select graphic rendition). */
        int colour() {
            return colour;
        }
    }

    public static Finding ok(String subject, String text) {
        return new Finding(Grade.OK, subject, text);
    }

    public static Finding warning(String subject, String text) {
        return new Finding(Grade.WARNING, subject, text);
    }

    public static Finding mend(String subject, String text) {
        return new Finding(Grade.MEND, subject, text);
    }
}
