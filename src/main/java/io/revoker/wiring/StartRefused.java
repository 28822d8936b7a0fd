package io.revoker.wiring;

import java.util.List;

/** Nothing was started, because the settings are wrong, or wrong for this machine. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    StartRefused(List<String> faults) {
        super(String.join("\n", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** One line each. Shows no secret. */
    public List<String> faults() {
        return faults;
    }
}
