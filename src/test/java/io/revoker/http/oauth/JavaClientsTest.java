package io.revoker.http.oauth;

import static io.revoker.testing.ClientFiles.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.web.client.RestTemplate;

/** OAuth clients for Java that nobody here wrote: the SDK of Nimbus, and the introspector of Spring Security. */
class JavaClientsTest {
    private static final ClientID ROOT = new ClientID(ClientFiles.ROOT);

    private static final Issuer SIGNER = Issuer.named("signer");

    private static RunningService service;
    private static AuthorizationServerMetadata metadata;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, GeneralException {
        int port = freePort();
        String issuer = "http://127.0.0.1:" + port;
        service = RunningService.start(
                "--clients.file="
                        + Files.writeString(
                                directory.resolve("clients.yaml"),
                                ClientFiles.text() + ClientFiles.signing("signer", SIGNER.jwks(), "[admin]")),
                "--http.port=" + port,
                "--oauth.issuer=" + issuer,
                "--signing.file=" + SigningFile.in(directory),
                "--oauth.client-secret-post=true");
        metadata = AuthorizationServerMetadata.resolve(new com.nimbusds.oauth2.sdk.id.Issuer(issuer));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void nimbusLearnsTheMethodsOfAuthentication() {
        assertThat(metadata.getRevocationEndpointAuthMethods())
                .containsExactly(
                        ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                        ClientAuthenticationMethod.CLIENT_SECRET_POST,
                        ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(metadata.getIntrospectionEndpointJWSAlgs())
                .containsExactly(
                        JWSAlgorithm.RS256,
                        JWSAlgorithm.PS256,
                        JWSAlgorithm.ES256,
                        JWSAlgorithm.EdDSA,
                        JWSAlgorithm.Ed25519,
                        JWSAlgorithm.Ed448);
        assertThat(metadata.getIntrospectionEndpointAuthMethods())
                .isEqualTo(metadata.getRevocationEndpointAuthMethods());
    }

    @Test
    void nimbusIntrospectsAndRevokes() throws IOException, GeneralException {
        for (ClientAuthentication client : new ClientAuthentication[] {
            new ClientSecretBasic(ROOT, new Secret(SECRET)), new ClientSecretPost(ROOT, new Secret(SECRET))
        }) {
            Granted granted = Granted.by(service);

            assertThat(introspect(client, new BearerAccessToken(granted.access()))
                            .toSuccessResponse()
                            .getUsername())
                    .isEqualTo("joe");
            assertThat(introspect(client, new RefreshToken(granted.refresh()))
                            .toSuccessResponse()
                            .isActive())
                    .isTrue();
            assertThat(revoke(client, new RefreshToken(granted.refresh())).getStatusCode())
                    .isEqualTo(200);
            assertThat(introspect(client, new BearerAccessToken(granted.access()))
                            .toSuccessResponse()
                            .isActive())
                    .isFalse();
            assertThat(granted.state(service)).isEqualTo("access=false refresh=false");
        }
    }

    /** It names the endpoint as audience, and does not say when it signed. */
    @Test
    void nimbusSignsToProveWhoItIs() throws Exception {
        Granted granted = Granted.by(service);

        assertThat(introspect(signing(metadata.getIntrospectionEndpointURI()), new BearerAccessToken(granted.access()))
                        .toSuccessResponse()
                        .getUsername())
                .isEqualTo("joe");
        assertThat(revoke(signing(metadata.getRevocationEndpointURI()), new RefreshToken(granted.refresh()))
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(granted.state(service)).isEqualTo("access=false refresh=false");
        assertThat(introspect(signing(URI.create("https://another.example")), new BearerAccessToken(granted.access()))
                        .toErrorResponse()
                        .getErrorObject()
                        .getCode())
                .isEqualTo("invalid_client");
    }

    private static ClientAuthentication signing(URI audience) throws JOSEException {
        return new PrivateKeyJWT(
                new ClientID("signer"),
                audience,
                JWSAlgorithm.PS256,
                SIGNER.rsa().toPrivateKey(),
                Issuer.keyId("PS256"),
                null);
    }

    /** As its manual says, with the keys that the metadata name. */
    @Test
    void nimbusVerifiesASignedAnswer() throws Exception {
        Granted granted = Granted.by(service);
        HTTPRequest request = new TokenIntrospectionRequest(
                        metadata.getIntrospectionEndpointURI(),
                        new ClientSecretBasic(ROOT, new Secret(SECRET)),
                        new BearerAccessToken(granted.access()))
                .toHTTPRequest();
        request.setAccept("application/token-introspection+jwt");
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("token-introspection+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                JWKSourceBuilder.create(metadata.getJWKSetURI().toURL()).build()));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                ClientFiles.ROOT,
                new JWTClaimsSet.Builder()
                        .issuer(metadata.getIssuer().getValue())
                        .build(),
                Set.of("iat", "token_introspection")));

        JWTClaimsSet claims = processor.process(request.send().getBody(), null);

        assertThat(claims.getJSONObjectClaim("token_introspection"))
                .containsEntry("active", true)
                .containsEntry("username", "joe");
    }

    @Test
    void nimbusRevokesAnAccessTokenAlone() throws IOException {
        Granted granted = Granted.by(service);

        HTTPResponse answer =
                revoke(new ClientSecretBasic(ROOT, new Secret(SECRET)), new BearerAccessToken(granted.access()));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(granted.state(service)).isEqualTo("access=false refresh=true");
    }

    @Test
    void nimbusReadsARefusal() throws IOException, GeneralException {
        ClientAuthentication stranger = new ClientSecretBasic(ROOT, new Secret("wrong"));
        Granted granted = Granted.by(service);

        assertThat(introspect(stranger, new BearerAccessToken(granted.access()))
                        .toErrorResponse()
                        .getErrorObject()
                        .getCode())
                .isEqualTo("invalid_client");
        assertThat(revoke(stranger, new BearerAccessToken(granted.access())).getStatusCode())
                .isEqualTo(401);
        assertThat(granted.state(service)).isEqualTo("access=true refresh=true");
    }

    @Test
    void springSecurityIntrospects() {
        String uri = metadata.getIntrospectionEndpointURI().toString();
        for (OpaqueTokenIntrospector introspector :
                new OpaqueTokenIntrospector[] {unencoded(uri), encoded(uri, SECRET)}) {
            Granted granted = Granted.by(service);

            OAuth2AuthenticatedPrincipal joe = introspector.introspect(granted.access());
            assertThat(joe.<String>getAttribute("sub")).isEqualTo("joe");
            assertThat(joe.getAuthorities()).extracting("authority").containsExactly("SCOPE_read", "SCOPE_write");
            assertThatExceptionOfType(BadOpaqueTokenException.class)
                    .isThrownBy(() -> introspector.introspect(granted.refresh()));

            service.call("POST", TokenRevocationRoutes.PATH)
                    .basic(ClientFiles.OPS, SECRET)
                    .form("token=" + granted.refresh())
                    .send();

            assertThatExceptionOfType(BadOpaqueTokenException.class)
                    .isThrownBy(() -> introspector.introspect(granted.access()));
        }
    }

    @Test
    void springSecurityTakesARefusalForAFailureAndNotForABadToken() {
        OpaqueTokenIntrospector stranger =
                encoded(metadata.getIntrospectionEndpointURI().toString(), "wrong");

        assertThatExceptionOfType(OAuth2IntrospectionException.class)
                .isThrownBy(() -> stranger.introspect("any"))
                .isNotInstanceOf(BadOpaqueTokenException.class);
    }

    /** As its builder makes it, which encodes id and secret like a form. */
    private static OpaqueTokenIntrospector encoded(String uri, String secret) {
        return SpringOpaqueTokenIntrospector.withIntrospectionUri(uri)
                .clientId(ClientFiles.GATEWAY)
                .clientSecret(secret)
                .build();
    }

    /** As older versions made it. */
    private static OpaqueTokenIntrospector unencoded(String uri) {
        RestTemplate rest = new RestTemplate();
        rest.getInterceptors().add(new BasicAuthenticationInterceptor(ClientFiles.GATEWAY, SECRET));
        return new SpringOpaqueTokenIntrospector(uri, rest);
    }

    private static TokenIntrospectionResponse introspect(ClientAuthentication client, Token token)
            throws IOException, GeneralException {
        return TokenIntrospectionResponse.parse(
                new TokenIntrospectionRequest(metadata.getIntrospectionEndpointURI(), client, token)
                        .toHTTPRequest()
                        .send());
    }

    private static HTTPResponse revoke(ClientAuthentication client, Token token) throws IOException {
        return new TokenRevocationRequest(metadata.getRevocationEndpointURI(), client, token)
                .toHTTPRequest()
                .send();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
