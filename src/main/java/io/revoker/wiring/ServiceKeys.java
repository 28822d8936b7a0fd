package io.revoker.wiring;

import io.revoker.config.Configuration.SigningConfig;
import io.revoker.config.SsfConfig.PushConfig;
import io.revoker.domain.Problem;
import io.revoker.signing.EncryptionKeys;
import io.revoker.signing.SigningKeys;
import io.revoker.wiring.StartProblems.NotStarted;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Reads the keys of this service. */
final class ServiceKeys {
    private ServiceKeys() {}

    /** None without a file. Blocks; throws {@link NotStarted} with the problem of the file. */
    static SigningKeys read(SigningConfig signing) {
        return signing.file()
                .map(file -> read("signing.file", file, SigningKeys::read))
                .orElse(SigningKeys.NONE);
    }

    /** The same, of those that encrypt what receivers give. */
    static EncryptionKeys read(PushConfig push) {
        return push.keyFile()
                .map(file -> read("ssf.push.key-file", file, EncryptionKeys::read))
                .orElse(EncryptionKeys.NONE);
    }

    private static <K> K read(String setting, Path file, Function<Path, K> reader) {
        try {
            return reader.apply(file);
        } catch (Problem unfit) {
            throw new NotStarted(List.of(setting + ": " + file + ": " + unfit.text()));
        }
    }
}
