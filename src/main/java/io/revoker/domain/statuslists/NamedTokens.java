package io.revoker.domain.statuslists;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The single tokens that a revocation names. */
public final class NamedTokens {
    private NamedTokens() {}

    /** The first bits of the ids of those that are of a realm, or of which the realm is not known. */
    public static List<Long> of(Revocation revocation, RealmId realm) {
        return revocation.target() instanceof Target.Single one && mayBeOf(revocation, one, realm)
                ? Stream.concat(Stream.of(one.id().firstBits()), partner(revocation, one).stream())
                        .toList()
                : List.of();
    }

    private static boolean mayBeOf(Revocation revocation, Target.Single one, RealmId realm) {
        return one instanceof Target.OneJwt jwt
                ? jwt.realm().equals(realm)
                : revocation
                        .registered()
                        .map(known -> known.realm().equals(realm))
                        .orElse(true);
    }

    private static Optional<Long> partner(Revocation revocation, Target.Single one) {
        return one.extent() == Target.Extent.GRANT
                ? revocation.registered().flatMap(Revocation.Registered::partner)
                : Optional.empty();
    }
}
