package io.revoker.domain.jwt;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** A public key of Ed25519, in the form that Java reads. */
public final class Ed25519Key {
    /** Of the key (RFC 8032, section 5.1.5). */
    public static final int BYTES = 32;

    /** What stands before the key in its X.509 form (RFC 8410, section 4). */
    private static final String PREFIX = "302a300506032b6570032100";

    private static final String NAME = "Ed25519";

    private Ed25519Key() {}

    /** Fails if the key is longer or shorter than {@value #BYTES} bytes. */
    public static X509EncodedKeySpec of(byte[] key) throws GeneralSecurityException {
        if (key.length != BYTES) {
            throw new GeneralSecurityException("key: " + key.length + " bytes (expected: " + BYTES + ")");
        }
        return new X509EncodedKeySpec(
                HexFormat.of().parseHex(PREFIX + HexFormat.of().formatHex(key)));
    }

    /** Whether a text was signed with the private part of a key. Fails if the key or the signature can't be one. */
    public static boolean verify(byte[] key, byte[] text, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initVerify(KeyFactory.getInstance(NAME).generatePublic(of(key)));
        signature.update(text);
        return signature.verify(signed);
    }
}
