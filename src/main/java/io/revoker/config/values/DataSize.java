package io.revoker.config.values;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, not negative. Its text is {@code 64KiB}, {@code 1MiB}, {@code 2GiB} or the plain number. */
public record DataSize(long bytes) implements Comparable<DataSize> {
    public static final String FORM = "a size such as 512, 64KiB, 1MiB or 2GiB";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(KiB|MiB|GiB)?");
    private static final long KIBI = 1024;
    private static final long MEBI = KIBI * KIBI;
    private static final long GIBI = KIBI * MEBI;

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
        }
    }

    public static DataSize ofKibibytes(long count) {
        return new DataSize(count * KIBI);
    }

    public static DataSize ofMebibytes(long count) {
        return new DataSize(count * MEBI);
    }

    public static DataSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(FORM);
        }
        String unit = matcher.group(2);
        long factor = factor(unit == null ? "" : unit);
        long count = Long.parseLong(matcher.group(1));
        if (count > Long.MAX_VALUE / factor) {
            throw new IllegalArgumentException(FORM);
        }
        return new DataSize(count * factor);
    }

    /**
     * The bytes for an API that counts in {@code int}.
     *
     * @throws ArithmeticException if there are 2 GiB or more
     */
    public int toInt() {
        return Math.toIntExact(bytes);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            if (bytes > 0 && bytes % factor(unit) == 0) {
                return bytes / factor(unit) + unit;
            }
        }
        return Long.toString(bytes);
    }

    private static long factor(String unit) {
        return switch (unit) {
            case "KiB" -> KIBI;
            case "MiB" -> MEBI;
            case "GiB" -> GIBI;
            default -> 1;
        };
    }
}
