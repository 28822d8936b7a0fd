package io.revoker.jwt.keys;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The algorithms of signatures that a realm may allow: those with a public key (RFC 7518, section 3.1; RFC 8037,
 * section 3.1). There is none for "none", and none for HS256 and its like: with them a public key would be a secret.
 */
public enum Algorithm {
    RS256("RS256"),
    RS384("RS384"),
    RS512("RS512"),
    PS256("PS256"),
    PS384("PS384"),
    PS512("PS512"),
    ES256("ES256"),
    ES384("ES384"),
    ES512("ES512"),
    /** With either curve, of which the key says which one it is (RFC 8037). */
    EDDSA("EdDSA"),
    /** EdDSA with one curve (RFC 9864). */
    ED25519("Ed25519"),
    ED448("Ed448");

    private static final Set<Algorithm> CURVES = EnumSet.of(ED25519, ED448);
    private static final Set<Algorithm> EDWARDS = EnumSet.of(EDDSA, ED25519, ED448);

    public static final Set<Algorithm> USUAL = Set.copyOf(EnumSet.of(RS256, ES256, EDDSA, ED25519, ED448));
    public static final List<String> NAMES =
            Arrays.stream(values()).map(Algorithm::wireName).toList();

    private final String wireName;

    Algorithm(String wireName) {
        this.wireName = wireName;
    }

    /** As {@code alg} has it. */
    String wireName() {
        return wireName;
    }

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(wireName);
    }

    /** Those that are allowed where this one is: EdDSA has two other names. */
    public Set<Algorithm> allowed() {
        return Set.copyOf(this == EDDSA ? EDWARDS : EnumSet.of(this));
    }

    /**
     * By which a signature is verified whose header names this one, where those are allowed; empty if it is refused.
     * EdDSA is also the older name of each curve, and what most issuers write: where one curve alone is allowed, it is
     * that one.
     */
    public Optional<Algorithm> among(Set<Algorithm> allowed) {
        if (allowed.contains(this) || (this == EDDSA && allowed.containsAll(CURVES))) {
            return Optional.of(this);
        }
        return this == EDDSA ? CURVES.stream().filter(allowed::contains).findFirst() : Optional.empty();
    }

    /** Whether a key of one curve may be used with all of its names. */
    boolean isEdwards() {
        return EDWARDS.contains(this);
    }

    /** Upper and lower case differ (RFC 7515, section 4.1.1). */
    public static Optional<Algorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName().equals(name))
                .findFirst();
    }
}
