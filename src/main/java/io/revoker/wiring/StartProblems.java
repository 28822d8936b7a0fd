package io.revoker.wiring;

import io.revoker.caller.DocumentException;
import io.revoker.config.values.SettingsProblem;
import io.revoker.domain.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The problems that the operator has to fix before the service can start, in lines that need no stack trace. */
public final class StartProblems {
    private StartProblems() {}

    /** Empty if an operator can't have caused the failure. */
    public static Optional<List<String>> of(Throwable failure) {
        if (failure instanceof ExecutionException wrapper && wrapper.getCause() != null) {
            return of(wrapper.getCause());
        }
        if (failure instanceof NotStarted refused) {
            return Optional.of(refused.problems());
        }
        if (failure instanceof SettingsProblem configuration) {
            return Optional.of(configuration.problems());
        }
        if (failure instanceof DocumentException file) {
            return Optional.of(file.lines().stream()
                    .map(line -> file.setting() + ": " + line)
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
    public static final class NotStarted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final List<String> problems;

        NotStarted(List<String> problems) {
            super(String.join("\n", problems), null, false, false);
            this.problems = List.copyOf(problems);
        }

        /** One line each. Shows no secret. */
        public List<String> problems() {
            return problems;
        }
    }
}
