package io.revoker.config;

import java.util.List;

/** Settings that are no configuration. Its message has one line per fault. */
public class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<Fault> details;

    public InvalidConfiguration(List<Fault> details) {
        super(String.join("\n", texts(details)), null, false, false);
        this.details = List.copyOf(details);
    }

    public InvalidConfiguration(Fault fault) {
        this(List.of(fault));
    }

    /** Every fault that was found, one line each: {@code path: value (expected: what; from where)}. Shows no secret. */
    public List<String> faults() {
        return texts(details);
    }

    public List<Fault> details() {
        return details;
    }

    private static List<String> texts(List<Fault> faults) {
        return faults.stream().map(Fault::toString).toList();
    }

    /** One thing that is wrong: {@code http.port: 99999 (expected: 0 to 65535; from REVOKER_HTTP_PORT)}. */
    public record Fault(String path, String value, String expected) {

        public Fault in(String section) {
            return section.isEmpty() ? this : new Fault(section + "." + path, value, expected);
        }

        /** Whether the setting is this one, or in this section. */
        public boolean isIn(String name) {
            return path.equals(name) || path.startsWith(name + ".");
        }

        public Fault from(String origin) {
            return new Fault(path, value, expected + "; from " + origin);
        }

        @Override
        public String toString() {
            return path + ": " + value + " (expected: " + expected + ")";
        }
    }
}
