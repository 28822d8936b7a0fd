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
}
