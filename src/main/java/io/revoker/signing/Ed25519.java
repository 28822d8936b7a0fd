package io.revoker.signing;

import io.revoker.domain.jwt.Ed25519Key;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** EdDSA with Ed25519 by the JDK (RFC 8032): that of the JOSE library needs a further library. */
final class Ed25519 {
    private static final String NAME = "Ed25519";

    private Ed25519() {}

    static byte[] sign(byte[] key, byte[] text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initSign(privateKey(key));
        signature.update(text);
        return signature.sign();
    }

    /** The JDK derives it only when it makes a pair: so it makes one of "random" bytes that are the private key. */
    static byte[] publicPart(byte[] key) throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance(NAME);
        pairs.initialize(NamedParameterSpec.ED25519, new Given(key));
        byte[] encoded = pairs.generateKeyPair().getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - Ed25519Key.BYTES, encoded.length);
    }

    private static PrivateKey privateKey(byte[] key) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key));
    }

    /** Bytes that are not random at all. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, into.length);
        }
    }
}
