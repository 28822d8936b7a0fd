package io.revoker.wiring;

import io.revoker.caller.DocumentException;
import io.revoker.config.Configuration;
import io.revoker.jwt.Realms;

/** Reads the realms whose JWTs are verified, and checks the files that they name. */
final class RealmSettings {
    private RealmSettings() {}

    /** None without a realm file. Blocks; throws {@link DocumentException} with the problems of the files. */
    static Realms read(Configuration configuration) {
        return configuration
                .realms()
                .file()
                .map(file ->
                        Realms.read(file, configuration.log().retention(), pem -> PemFile.CERTIFICATES.problem(pem)))
                .orElse(Realms.NONE);
    }
}
