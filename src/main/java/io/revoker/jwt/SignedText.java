package io.revoker.jwt;

import java.util.Optional;

/** What may have been signed. */
interface SignedText {
    byte[] signed();

    /** Empty if there is none that can be read. */
    Optional<byte[]> signature();
}
