package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.SubjectId;
import java.util.Optional;

/** The users of a realm, as its issuer names them: it tells of its own users only. */
record RealmUsers(Realm realm) {

    /** Fails with a {@link Problem} if it can't be known who is meant, or if no user can have that name. */
    UserInRealm of(SubjectId subject) {
        unclear(subject).ifPresent(reason -> {
            throw Problem.invalid("sub_id: " + reason);
        });
        return named(subject);
    }

    /** Empty if it can't be known who is meant; fails with a {@link Problem} if no user can have that name. */
    Optional<UserInRealm> find(SubjectId subject) {
        return unclear(subject).isPresent() ? Optional.empty() : Optional.of(named(subject));
    }

    /** Why it can't be known who is meant. */
    Optional<String> unclear(SubjectId subject) {
        String claim = realm.rules().usernameClaim();
        if (subject instanceof SubjectId.OfIssuer theirs) {
            return theirs.issuer().equals(realm.issuer())
                    ? unless(
                            claim.equals("sub"),
                            "format: iss_sub (expected: email, or opaque; users are by " + claim + ")")
                    : Optional.of("iss: another one (expected: that of the token)");
        }
        boolean isEmail = ((SubjectId.Named) subject).format().equals("email");
        return unless(
                claim.equals("email") || !isEmail, "format: email (expected: another one; users are by " + claim + ")");
    }

    private static Optional<String> unless(boolean clear, String reason) {
        return clear ? Optional.empty() : Optional.of(reason);
    }

    private UserInRealm named(SubjectId subject) {
        return new UserInRealm(realm.id(), new UserName(subject.name()));
    }
}
