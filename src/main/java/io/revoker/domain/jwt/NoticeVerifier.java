package io.revoker.domain.jwt;

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
     * The user that the issuer of a realm gave a subject. Empty if no realm has that issuer, or if the realm takes its
     * users from another claim than {@code sub}: then the subject says nothing about the user.
     */
    Optional<UserInRealm> user(SubjectId.OfIssuer subject);
}
