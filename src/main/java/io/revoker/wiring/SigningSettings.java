package io.revoker.wiring;

import io.revoker.config.Configuration.SigningConfig;
import io.revoker.domain.Problem;
import io.revoker.signing.SigningKeys;
import io.revoker.wiring.StartProblems.NotStarted;
import java.nio.file.Path;
import java.util.List;

/** Reads the keys of this service. */
final class SigningSettings {
    private SigningSettings() {}

    /** None without a file. Blocks; throws {@link NotStarted} with the problem of the file. */
    static SigningKeys read(SigningConfig signing) {
        return signing.file().map(SigningSettings::read).orElse(SigningKeys.NONE);
    }

    private static SigningKeys read(Path file) {
        try {
            return SigningKeys.read(file);
        } catch (Problem unfit) {
            throw new NotStarted(List.of("signing.file: " + file + ": " + unfit.text()));
        }
    }
}
