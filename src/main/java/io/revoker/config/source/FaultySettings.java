package io.revoker.config.source;

import io.revoker.config.Configuration;
import io.revoker.config.InvalidConfiguration;
import io.revoker.config.InvalidConfiguration.Fault;
import java.util.List;

/** Settings that could all be read, some of which are wrong. */
public final class FaultySettings extends InvalidConfiguration {
    private static final long serialVersionUID = 1L;

    private final transient Configuration remainder;

    FaultySettings(List<Fault> faults, Configuration remainder) {
        super(faults);
        this.remainder = remainder;
    }

    /** What is right, and a default wherever something is not: good to look for further faults, never to run. */
    public Configuration remainder() {
        return remainder;
    }
}
