package io.revoker.domain.jwt;

import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.vertx.core.Future;
import java.util.Optional;

/** Verifies what the issuers of realms tell about their users. */
public interface NoticeVerifier {
    /**
     * Verifies a logout token: any text, however long.
     *
     * @return fails with a {@link io.revoker.domain.Problem}: of kind INVALID if it does not hold, UNAVAILABLE while
     *     the keys that are needed could not be fetched
     */
    Future<LogoutNotice> logout(String token);

    /**
     * Verifies a security event token: any text, however long.
     *
     * @return fails like {@link #logout}
     */
    Future<EventNotice> event(String token);

    /**
     * Verifies a JWT with which an issuer proves that a request for a revocation is its own: any text, however long.
     *
     * @return fails like {@link #logout}
     */
    Future<RevocationRequest> request(String token);

    /** Whether any realm accepts such requests. */
    boolean acceptsRequests();

    /** The realm that has that issuer. */
    Optional<RealmId> realm(String issuer);

    /**
     * The user of a realm who is named. Empty if the realm takes its users from another claim, such as another one than
     * {@code sub}: then it can't be known who is meant. A realm without an issuer has its users by their names.
     *
     * <p>Fails with a {@link io.revoker.domain.Problem} of kind INVALID if no user can have that name.
     */
    Optional<UserInRealm> user(RealmId realm, SubjectId subject);

    /** Whether any realm whose tokens need not be registered can have a user who is named so. */
    boolean mayNameUnregistered(SubjectId subject);
}
