package io.revoker.config.source;

/**
 * A setting's text as one source has it.
 *
 * @param origin the file, the variable or the option
 */
record Given(String text, String origin) {

    /** What the program itself says. */
    static final String DEFAULT = "the default";

    boolean isDefault() {
        return origin.equals(DEFAULT);
    }

    /** Without the blanks around it. */
    static Given stripped(String text, String origin) {
        return new Given(text.strip(), origin);
    }
}
