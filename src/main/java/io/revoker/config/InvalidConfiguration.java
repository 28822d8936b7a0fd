package io.revoker.config;

import java.util.List;
import java.util.Optional;

/** Settings that are no configuration. Its message has one line per fault. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<Fault> details;
    private final transient Optional<Configuration> remainder;

    public InvalidConfiguration(List<Fault> details) {
        this(details, Optional.empty());
    }

    private InvalidConfiguration(List<Fault> details, Optional<Configuration> remainder) {
        super(String.join("\n", texts(details)), null, false, false);
        this.details = List.copyOf(details);
        this.remainder = remainder;
    }

    public InvalidConfiguration(Fault fault) {
        this(List.of(fault));
    }

    /** Every fault that was found, one line each: {@code path: value (expected: what; from where)}. Shows no secret. */
    public List<String> faults() {
        return texts(details);
    }

    /** What is right, and a default wherever something is not: good to look for further faults, never to run. Absent if a file can't be read. */
    public Optional<Configuration> remainder() {
        return remainder;
    }

    public InvalidConfiguration leaving(Configuration rest) {
        return new InvalidConfiguration(details, Optional.of(rest));
    }

    public List<Fault> details() {
        return details;
    }

    private static List<String> texts(List<Fault> faults) {
        return faults.stream().map(Fault::toString).toList();
    }
}
