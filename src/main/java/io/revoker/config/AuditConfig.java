package io.revoker.config;

import io.revoker.config.values.DataSize;
import io.revoker.config.values.Requirements;
import java.time.Duration;
import java.util.Optional;

/**
 * The audit trail.
 *
 * @param enabled whether it is kept
 * @param retention how long an entry stays in it
 * @param maxSize of all entries
 * @param interval how long registrations and refusals of a caller are counted together
 * @param file to which entries are copied, {@value #STANDARD_OUTPUT} for standard output; absent for none
 */
public record AuditConfig(
        boolean enabled, Duration retention, DataSize maxSize, Duration interval, Optional<String> file) {
    /** Stands for standard output. */
    public static final String STANDARD_OUTPUT = "-";

    public AuditConfig {
        new Requirements()
                .within("retention", retention, Duration.ofMinutes(1), Duration.ofDays(3650))
                .within("max-size", maxSize, DataSize.ofMebibytes(1), DataSize.ofMebibytes(65_536))
                .within("interval", interval, Duration.ofMillis(100), Duration.ofHours(1))
                .check();
    }

    /** Whether its entries are the lines of standard output, which then has no others. */
    public boolean isOnStandardOutput() {
        return enabled && file.filter(STANDARD_OUTPUT::equals).isPresent();
    }
}
