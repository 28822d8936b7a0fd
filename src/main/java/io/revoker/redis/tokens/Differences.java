package io.revoker.redis.tokens;

import io.revoker.domain.Credential;
import io.revoker.domain.Grant.Facts;
import io.revoker.domain.UserInRealm;
import java.util.Set;
import java.util.TreeSet;

/** The fields in which a registration differs from what is registered. It has no values: whoever asks need not be whose they are. */
public final class Differences {
    private final Set<String> fields = new TreeSet<>();

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public Set<String> fields() {
        return Set.copyOf(fields);
    }

    /** Adds the field if the values differ. */
    public Differences in(String field, Object said, Object held) {
        return inIf(field, !said.equals(held));
    }

    /** Adds the field if it differs, however that is found out. */
    public Differences inIf(String field, boolean differs) {
        if (differs) {
            fields.add(field);
        }
        return this;
    }

    public Differences inHolder(UserInRealm said, UserInRealm held) {
        return in("realm_name", said.realm(), held.realm()).in("username", said.user(), held.user());
    }

    /** But for when it was issued, and what is said of its access token. */
    public Differences inFacts(Facts said, Facts held) {
        return in("client_id", said.clientId(), held.clientId()).in("scope", said.scope(), held.scope());
    }

    public Differences inCredential(Credential said, Credential held) {
        return in("token_type", said.type(), held.type())
                .in("jti", said.jti(), held.jti())
                .in("cnf", said.jkt(), held.jkt())
                .in("cnf", said.x5t(), held.x5t());
    }
}
