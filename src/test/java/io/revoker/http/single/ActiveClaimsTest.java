package io.revoker.http.single;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Jws;
import io.revoker.testing.Jwts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of a JWT is what its verifier has read. */
class ActiveClaimsTest {

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff{\"iss\":\"i\"}", " \ufeff{\"iss\":\"i\"}", "[{\"iss\":\"i\"}]", "\"iss\"", ""})
    void areNoneWhereAVerifierSeesNoJwt(String payload) {
        String token = token(payload);

        assertThat(ActiveClaims.of(token).issuer()).isEmpty();
        assertThat(Jws.claims(token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"iss\":\"i\"}", " \r\n\t{\"iss\":\"i\"} "})
    void areThoseOfAnObject(String payload) {
        String token = token(payload);

        assertThat(ActiveClaims.of(token).issuer()).contains("i");
        assertThat(Jws.claims(token)).isPresent();
    }

    private static String token(String payload) {
        return "eyJhIjoxfQ." + Jwts.base64(payload) + ".c2ln";
    }
}
