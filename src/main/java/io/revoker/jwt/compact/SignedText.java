package io.revoker.jwt.compact;

import java.util.Optional;

/** What may have been signed. */
public interface SignedText {
    byte[] signed();

    /** Empty if there is none that can be read. */
    Optional<byte[]> signature();
}
