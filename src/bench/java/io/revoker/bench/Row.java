package io.revoker.bench;

/**
 * One line of the table.
 *
 * @param yardstick what was measured beside it, in the same run
 * @param reference the figure of the yardstick, in the same unit
 */
record Row(String measure, String setting, String unit, double value, String yardstick, double reference) {
    double ratio() {
        return value / reference;
    }
}
