package io.revoker.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of keys for a service that signs. */
public final class SigningFile {
    private SigningFile() {}

    /** With one key for ES256. */
    public static Path in(Path directory) {
        try {
            JWKSet keys = new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k").generate());
            return Files.writeString(directory.resolve("signing.json"), keys.toString(/* publicKeysOnly= */ false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
