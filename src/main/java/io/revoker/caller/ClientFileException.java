package io.revoker.caller;

import java.nio.file.Path;
import java.util.List;

/** A client file that can't be used, with all that is wrong with it. No message holds a secret or a hash. */
public final class ClientFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    ClientFileException(Path file, List<String> faults) {
        super(file + ":\n  " + String.join("\n  ", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** One line per fault, in the order of the file: {@code place: value (expected: what)}. */
    public List<String> faults() {
        return faults;
    }
}
