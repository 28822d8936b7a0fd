package io.revoker.wiring;

import io.revoker.caller.ClientFileException;
import io.revoker.config.InvalidConfiguration;
import io.revoker.domain.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What the operator has to mend before the service can start, in lines that need no stack trace. */
public final class StartFaults {
    private StartFaults() {}

    /** Nothing if the failure is none that an operator could cause. */
    public static Optional<List<String>> of(Throwable failure) {
        if (failure instanceof ExecutionException wrapper && wrapper.getCause() != null) {
            return of(wrapper.getCause());
        }
        if (failure instanceof StartRefused refused) {
            return Optional.of(refused.faults());
        }
        if (failure instanceof InvalidConfiguration configuration) {
            return Optional.of(configuration.faults());
        }
        if (failure instanceof ClientFileException clients) {
            String file =
                    String.valueOf(clients.getMessage()).lines().findFirst().orElse("");
            return Optional.of(clients.faults().stream()
                    .map(fault -> "clients.file: " + file + " " + fault)
                    .toList());
        }
        if (failure instanceof Problem problem) {
            return Optional.of(List.of(problem.text()));
        }
        if (failure instanceof TimeoutException) {
            return Optional.of(List.of("not ready in time"));
        }
        return failure instanceof IOException && failure.getMessage() != null
                ? Optional.of(List.of(failure.getMessage()))
                : Optional.empty();
    }

    /** Nothing was started, because the settings are wrong, or wrong for this machine. */
    public static final class StartRefused extends RuntimeException {
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
}
