package io.revoker.redis.tokens;

import io.revoker.domain.Credential;
import io.revoker.domain.Grant.Facts;
import io.revoker.domain.UserInRealm;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields in which a registration differs from what is registered. It has no values: the stored ones may not belong
 * to the caller.
 */
final class Differences {
    private final Set<String> fields = new TreeSet<>();

    boolean isEmpty() {
        return fields.isEmpty();
    }

    Set<String> fields() {
        return Set.copyOf(fields);
    }

    /** Adds the field if the values differ. */
    Differences in(String field, Object requested, Object stored) {
        return inIf(field, !requested.equals(stored));
    }

    /** Adds the field if {@code differs} is set. */
    Differences inIf(String field, boolean differs) {
        if (differs) {
            fields.add(field);
        }
        return this;
    }

    Differences inHolder(UserInRealm requested, UserInRealm stored) {
        return in("realm_name", requested.realm(), stored.realm()).in("username", requested.user(), stored.user());
    }

    /** Compares everything but the issue time and the facts of the access token. */
    Differences inFacts(Facts requested, Facts stored) {
        return in("client_id", requested.clientId(), stored.clientId())
                .in("scope", requested.scope(), stored.scope())
                .in("session_id", requested.session(), stored.session());
    }

    Differences inCredential(Credential requested, Credential stored) {
        return in("token_type", requested.type(), stored.type())
                .in("jti", requested.jti(), stored.jti())
                .in("cnf", requested.jkt(), stored.jkt())
                .in("cnf", requested.x5t(), stored.x5t());
    }
}
