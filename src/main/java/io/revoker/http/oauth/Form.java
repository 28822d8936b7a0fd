package io.revoker.http.oauth;

import io.revoker.caller.Credentials;
import io.revoker.domain.Problem;
import io.revoker.http.request.Parameters;
import java.util.Map;
import java.util.Optional;

/** The fields of {@code application/x-www-form-urlencoded}, as clients of OAuth send them. */
record Form(Parameters fields) {
    static final Form EMPTY = new Form(new Parameters(Map.of()));
    static final String CLIENT = "client_id";
    private static final String SECRET = "client_secret";
    private static final String ASSERTION = "client_assertion";
    private static final String ASSERTION_TYPE = "client_assertion_type";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Fails with a {@link Problem} as {@link Parameters#ofForm} does. */
    static Form read(byte[] form) {
        return new Form(Parameters.ofForm(form));
    }

    /** Fails with a {@link Problem} if there is no such field, or its value is empty. */
    String required(String name) {
        return fields.value(name).orElseThrow(() -> Problem.invalid(name + ": missing (expected: one)"));
    }

    Optional<String> value(String name) {
        return fields.value(name);
    }

    /** The ways in which it says who sends it: RFC 6749, section 2.3, allows one. */
    int proofs() {
        boolean signed = value(ASSERTION).isPresent() || value(ASSERTION_TYPE).isPresent();
        return (value(SECRET).isPresent() ? 1 : 0) + (signed ? 1 : 0);
    }

    /** The id and the secret of a client (RFC 6749, section 2.3.1). */
    Credentials secret() {
        Optional<String> id = value(CLIENT);
        Optional<String> secret = value(SECRET);
        return id.isPresent() && secret.isPresent()
                ? Credentials.ofForm(id.get(), secret.get())
                : new Credentials.None();
    }

    /** What a client has signed (RFC 7523, section 2.2). */
    Credentials assertion() {
        return value(ASSERTION)
                .filter(jwt -> value(ASSERTION_TYPE).filter(JWT_BEARER::equals).isPresent())
                .<Credentials>map(jwt -> new Credentials.Assertion(value(CLIENT), jwt))
                .orElseGet(Credentials.None::new);
    }
}
