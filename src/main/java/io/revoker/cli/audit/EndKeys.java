package io.revoker.cli.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.revoker.audit.chain.ChainedLine.End;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.jwt.Ed25519Key;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Optional;

/** The public keys by which a service signs the ends of its chains. */
record EndKeys(JWKSet keys) {
    static final EndKeys NONE = new EndKeys(new JWKSet());

    private static final JsonMapper JSON = new JsonMapper();

    /** What is known of a signature. */
    enum Trust {
        /** The signature of the entry, by one of the keys. */
        SIGNED,
        /** By a key that is not known, such as one that is not in use any more. */
        UNKNOWN_KEY,
        /** It claims to be by one of the keys, and is not; or it is none of an end of this chain. */
        FORGED
    }

    /**
     * A signature of an end.
     *
     * @param end what was signed; absent unless it is {@link Trust#SIGNED}
     */
    record Checked(Trust trust, Optional<Link> end) {}

    /** Those of a JWK set; none if it is none. */
    static EndKeys of(String jwks) {
        try {
            return new EndKeys(JWKSet.parse(jwks));
        } catch (ParseException unreadable) {
            return NONE;
        }
    }

    Checked check(String chain, String signature) {
        try {
            JWSObject signed = JWSObject.parse(signature);
            JWK key = keys.getKeyByKeyId(signed.getHeader().getKeyID());
            if (key == null) {
                return new Checked(Trust.UNKNOWN_KEY, Optional.empty());
            }
            End end = End.of(JSON.readTree(signed.getPayload().toBytes()));
            boolean isOurs = signed.getHeader().getType() != null
                    && End.TYPE.equals(signed.getHeader().getType().getType())
                    && end.chain().equals(chain)
                    && isBy(key, signed);
            return isOurs
                    ? new Checked(Trust.SIGNED, Optional.of(end.link()))
                    : new Checked(Trust.FORGED, Optional.empty());
        } catch (ParseException | IOException | JOSEException | GeneralSecurityException unreadable) {
            return new Checked(Trust.FORGED, Optional.empty());
        }
    }

    private static boolean isBy(JWK key, JWSObject signed) throws JOSEException, GeneralSecurityException {
        if (key instanceof OctetKeyPair edwards) {
            return JWSAlgorithm.EdDSA.equals(signed.getHeader().getAlgorithm())
                    && Ed25519Key.verify(
                            edwards.getDecodedX(),
                            signed.getSigningInput(),
                            signed.getSignature().decode());
        }
        return switch (key.getKeyType().getValue()) {
            case "RSA" -> signed.verify(new RSASSAVerifier(key.toRSAKey()));
            case "EC" -> signed.verify(new ECDSAVerifier(key.toECKey()));
            default -> false;
        };
    }
}
