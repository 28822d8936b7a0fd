package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.SubjectId;

/** The users of a realm, as its issuer names them: it tells of its own users only. */
record RealmUsers(Realm realm) {

    /** Fails with a {@link Problem} if it can't be known who is meant. */
    UserInRealm of(SubjectId subject) {
        String claim = realm.rules().usernameClaim();
        if (subject instanceof SubjectId.OfIssuer theirs) {
            requireThat(theirs.issuer().equals(realm.issuer()), "iss: another one (expected: that of the token)");
            requireThat(
                    claim.equals("sub"), "format: iss_sub (expected: email, or opaque; users are by " + claim + ")");
            return named(theirs.subject());
        }
        SubjectId.Named named = (SubjectId.Named) subject;
        requireThat(
                claim.equals("email") || !named.format().equals("email"),
                "format: email (expected: another one; users are by " + claim + ")");
        return named(named.user());
    }

    private UserInRealm named(String user) {
        return new UserInRealm(realm.id(), new UserName(user));
    }

    private static void requireThat(boolean holds, String otherwise) {
        if (!holds) {
            throw Problem.invalid("sub_id: " + otherwise);
        }
    }
}
