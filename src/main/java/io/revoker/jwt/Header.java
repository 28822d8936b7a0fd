package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.jwt.Realm.Rules;
import io.revoker.jwt.compact.Members;
import io.revoker.jwt.keys.Algorithm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The protected header of a token (RFC 7515, section 4.1), as far as it decides anything. The members that bring a key
 * or say where one is ({@code jwk}, {@code x5c}, {@code jku}, {@code x5u}) are not looked at: keys come from the place
 * that the realm names, and from nowhere else.
 *
 * @param algorithm by which the signature is verified; EdDSA where its key says the curve
 * @param keyId empty if there is none
 */
record Header(Algorithm algorithm, Optional<String> keyId) {
    /** An extension that is not understood, another signing input, compression, encryption. */
    private static final List<String> REFUSED = List.of("crit", "b64", "zip", "enc");

    /** That of a token. Fails with a {@link Problem} if it is not as the realm demands. */
    static Header of(Members header, Rules rules) {
        return of(header, rules.type(), rules.algorithms());
    }

    /** The same for any JWS that must have a type, and an algorithm of these. */
    static Header of(Members header, TypeRule type, Set<Algorithm> algorithms) {
        REFUSED.stream().filter(header::has).forEach(name -> {
            throw Problem.invalid(name + ": present (expected: not supported)");
        });
        if (!type.admits(header.text("typ").orElse(""))) {
            throw Problem.invalid("typ: another one (expected: " + type + ")");
        }
        Algorithm algorithm = header.text("alg")
                .flatMap(Algorithm::named)
                .flatMap(named -> named.among(algorithms))
                .orElseThrow(() -> Problem.invalid("alg: not allowed (expected: " + names(algorithms) + ")"));
        return new Header(algorithm, header.text("kid"));
    }

    private static String names(Set<Algorithm> algorithms) {
        return Algorithm.NAMES.stream()
                .filter(name ->
                        Algorithm.named(name).filter(algorithms::contains).isPresent())
                .collect(Collectors.joining(", "));
    }
}
