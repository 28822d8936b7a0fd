package io.revoker.http.oauth;

import static io.revoker.testing.ClientFiles.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/** OAuth clients for Java that nobody here wrote, and JWTs that nobody registered; those for Node are among its own. */
class UnregisteredJwtClientsTest {
    private static final Issuer CORP = Issuer.named("https://login.example/corp");
    private static final ClientAuthentication ROOT =
            new ClientSecretBasic(new ClientID(ClientFiles.ROOT), new Secret(SECRET));

    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        String realms = "realms:\n"
                + CORP.realm(directory, "corp", "audience: [orders], algorithms: [RS256, PS256, ES256, EdDSA]");
        service = RunningService.start(
                ClientFiles.option(), "--realms.file=" + Files.writeString(directory.resolve("realms.yaml"), realms));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA", "Ed448"})
    void nimbusIntrospectsAndRevokes(String algorithm) throws Exception {
        String jwt = CORP.accessToken(algorithm, ",\"scope\":\"read write\"");
        String another = CORP.accessToken(algorithm, "");

        TokenIntrospectionSuccessResponse before = introspect(jwt);
        assertThat(before.isActive()).isTrue();
        assertThat(before.getSubject()).hasToString("joe");
        assertThat(before.getIssuer()).hasToString(CORP.name());
        assertThat(before.getClientID()).hasToString("app");
        assertThat(before.getScope().toStringList()).containsExactly("read", "write");
        assertThat(List.of(revoke(jwt), revoke(jwt))).containsOnly(200);

        assertThat(introspect(jwt).isActive()).isFalse();
        assertThat(introspect(another).isActive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void springSecurityIntrospects(String algorithm) throws IOException {
        OpaqueTokenIntrospector introspector = SpringOpaqueTokenIntrospector.withIntrospectionUri(
                        service.uri("/oauth2/introspect").toString())
                .clientId(ClientFiles.GATEWAY)
                .clientSecret(SECRET)
                .build();
        String jwt = CORP.accessToken(algorithm, ",\"scope\":\"read write\"");

        OAuth2AuthenticatedPrincipal joe = introspector.introspect(jwt);
        assertThat(joe.<String>getAttribute("sub")).isEqualTo("joe");
        assertThat(joe.getAuthorities()).extracting("authority").containsExactly("SCOPE_read", "SCOPE_write");
        assertThat(revoke(jwt)).isEqualTo(200);

        assertThatExceptionOfType(BadOpaqueTokenException.class).isThrownBy(() -> introspector.introspect(jwt));
    }

    /** The answer is 200, as to each token that is not known (RFC 7009, section 2.2). */
    @Test
    void nimbusLearnsNothingOfAJwtThatAnotherKeySigned() throws Exception {
        String forged = Issuer.named(CORP.name()).accessToken("RS256", "");

        assertThat(introspect(forged).isActive()).isFalse();
        assertThat(revoke(forged)).isEqualTo(200);
    }

    private static TokenIntrospectionSuccessResponse introspect(String token) throws IOException, GeneralException {
        return TokenIntrospectionResponse.parse(new TokenIntrospectionRequest(
                                service.uri("/oauth2/introspect"), ROOT, new BearerAccessToken(token))
                        .toHTTPRequest()
                        .send())
                .toSuccessResponse();
    }

    private static int revoke(String token) throws IOException {
        return new TokenRevocationRequest(service.uri("/oauth2/revoke"), ROOT, new BearerAccessToken(token))
                .toHTTPRequest()
                .send()
                .getStatusCode();
    }
}
