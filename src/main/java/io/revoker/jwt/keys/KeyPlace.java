package io.revoker.jwt.keys;

import io.revoker.net.HttpTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the keys of an issuer or of a client are. */
public sealed interface KeyPlace {
    /**
     * A JWK set (RFC 7517) in the web.
     *
     * @param url absolute, of http or https
     * @param reach which addresses may be connected to
     * @param authorities PEM file of the certificates that are trusted; absent for those of the Java runtime
     */
    record Web(URI url, HttpTarget.Rule reach, Optional<Path> authorities) implements KeyPlace {}

    /** A JWK set in a file. */
    record File(Path path) implements KeyPlace {
        /** Why its keys can't be used now. Blocks. */
        public Optional<String> problem() {
            return KeyFile.problem(path);
        }
    }

    /** Keys that stand where their place would: of a client only. */
    record Inline(KeySet keys) implements KeyPlace {}
}
