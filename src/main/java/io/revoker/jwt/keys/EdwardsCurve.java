package io.revoker.jwt.keys;

import com.nimbusds.jose.jwk.Curve;
import io.revoker.domain.jwt.Ed25519Key;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The curves of EdDSA (RFC 8032, RFC 8037). Not by the JOSE library, which needs a further one for them. */
enum EdwardsCurve {
    ED25519(Curve.Ed25519, Algorithm.ED25519) {
        @Override
        X509EncodedKeySpec spec(byte[] key) throws GeneralSecurityException {
            return Ed25519Key.of(key);
        }

        @Override
        Providers usable(Providers available) {
            return available;
        }
    },

    ED448(Curve.Ed448, Algorithm.ED448) {
        @Override
        X509EncodedKeySpec spec(byte[] key) throws GeneralSecurityException {
            if (key.length != BYTES_OF_ED448) {
                throw new GeneralSecurityException("key: " + key.length + " bytes (expected: " + BYTES_OF_ED448 + ")");
            }
            return new X509EncodedKeySpec(
                    HexFormat.of().parseHex(PREFIX_OF_ED448 + HexFormat.of().formatHex(key)));
        }

        /** The native library does not have it. */
        @Override
        Providers usable(Providers available) {
            return Providers.JAVA;
        }
    };

    /** Of the key (RFC 8032, section 5.2.5). */
    private static final int BYTES_OF_ED448 = 57;

    /** What stands before the key in its X.509 form (RFC 8410, section 4). */
    private static final String PREFIX_OF_ED448 = "3043300506032b6571033a00";

    /** Also that of its keys and signatures in the JDK. */
    private final String curve;

    private final Algorithm algorithm;

    EdwardsCurve(Curve curve, Algorithm algorithm) {
        this.curve = curve.getName();
        this.algorithm = algorithm;
    }

    abstract X509EncodedKeySpec spec(byte[] key) throws GeneralSecurityException;

    /** The providers of its signatures, if these are available. */
    abstract Providers usable(Providers available);

    Pace pace(Providers available) {
        return usable(available).pace();
    }

    static Optional<EdwardsCurve> of(Curve curve) {
        return Stream.of(values())
                .filter(one -> one.curve.equals(curve.getName()))
                .findFirst();
    }

    /** By either of its names. */
    Set<Algorithm> algorithms() {
        return EnumSet.of(Algorithm.EDDSA, algorithm);
    }

    /** Fails if that is no key of this curve. */
    PublicKey key(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(curve).generatePublic(spec(encoded));
    }

    Signature verifier(Providers available) throws GeneralSecurityException {
        return Signature.getInstance(curve, usable(available).curves());
    }
}
