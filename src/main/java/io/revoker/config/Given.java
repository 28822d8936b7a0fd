package io.revoker.config;

/**
 * A setting's text as one source has it.
 *
 * @param origin the file, the variable or the option
 */
record Given(String text, String origin) {
    Given {
        text = text.strip();
    }
}
