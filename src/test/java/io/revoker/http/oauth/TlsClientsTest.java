package io.revoker.http.oauth;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.PKITLSClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.revoker.testing.Certificate;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that show a certificate: RFC 8705, tls_client_auth, by the SDK of Nimbus. */
class TlsClientsTest {
    private static final AccessToken ANY = new BearerAccessToken("any");
    private static final String INVALID =
            "401 {\"error\":\"invalid_client\",\"error_description\":\"client authentication failed\"}";
    private static final String INACTIVE = "200 {\"active\":false}";

    private static Certificate server;
    private static Certificate gateway;
    private static Certificate neighbour;
    private static Certificate impostor;
    private static Path authorities;
    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        server = Certificate.make(directory.resolve("server"));
        String subject = "CN=gateway, OU=Edge, O=Example";
        String names = "dns:gw.example,uri:https://gw.example/a,ip:192.0.2.7,email:gw@example.com";
        gateway = Certificate.make(directory.resolve("gateway"), "EC", subject, names);
        impostor = Certificate.make(directory.resolve("impostor"), "EC", subject, names);
        neighbour = Certificate.make(directory.resolve("neighbour"), "EC", "CN=neighbour", "dns:nb.example");
        authorities = Files.writeString(
                directory.resolve("authorities.pem"),
                Files.readString(gateway.certificate()) + Files.readString(neighbour.certificate()));
        service = RunningService.reading(
                "--reload.interval=20ms",
                "--clients.file="
                        + Files.writeString(
                                directory.resolve("clients.yaml"),
                                ClientFiles.text()
                                        + client("by-subject", "subject-dn: 'cn=Gateway,ou=edge,O=Example'")
                                        + client("by-dns", "san-dns: GW.example")
                                        + client("by-uri", "san-uri: 'https://gw.example/a'")
                                        + client("by-ip", "san-ip: 192.0.2.7")
                                        + client("by-email", "san-email: gw@example.com")
                                        + client("other-dns", "san-dns: gateway")),
                "--oauth.issuer=https://auth.example",
                "--http.tls.enabled=true",
                "--http.tls.certificate=" + server.certificate(),
                "--http.tls.key=" + server.key(),
                "--http.tls.client-authorities=" + authorities);
    }

    private static String client(String id, String certificate) {
        return "  - id: " + id + "\n    certificate: {" + certificate + "}\n    privileges: [check, invalidate]\n";
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"by-subject", "by-dns", "by-uri", "by-ip", "by-email"})
    void proveThemselvesByOneNameOfIt(String id) throws IOException {
        assertThat(introspect(id, gateway.showingTo(server))).isEqualTo(INACTIVE);
        assertThat(introspect(id, neighbour.showingTo(server))).isEqualTo(INVALID);
    }

    @Test
    void revoke() throws IOException {
        HTTPRequest request =
                new TokenRevocationRequest(uri(TokenRevocationRoutes.PATH), tls("by-dns"), ANY).toHTTPRequest();

        assertThat(said(request, gateway.showingTo(server))).isEqualTo("200 {}");
    }

    @ParameterizedTest
    @CsvSource({"other-dns", "nobody", "root"})
    void areRefusedByAnotherNameOrAsAnother(String id) throws IOException {
        assertThat(introspect(id, gateway.showingTo(server))).isEqualTo(INVALID);
    }

    @Test
    void areRefusedWithoutACertificate() throws IOException {
        assertThat(introspect("by-dns", server.trust())).isEqualTo(INVALID);
    }

    /** The same names, but nobody that is trusted has issued it. */
    @Test
    void dontGetThroughWithACertificateOfAnotherAuthority() {
        assertThatThrownBy(() -> introspect("by-dns", impostor.showingTo(server)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void showWhatOtherAuthoritiesHaveIssuedOnceTheyAreTrusted() throws IOException {
        String before = Files.readString(authorities);
        Files.writeString(authorities, before + Files.readString(impostor.certificate()));
        until("it is taken over", () -> isAdmitted(impostor));
        assertThat(introspect("by-dns", gateway.showingTo(server))).isEqualTo(INACTIVE);

        Files.writeString(authorities, before);
        until("it is refused again", () -> !isAdmitted(impostor));
    }

    private static boolean isAdmitted(Certificate certificate) {
        try {
            return introspect("by-dns", certificate.showingTo(server)).equals(INACTIVE);
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void leaveTheOthersAsTheyWere() throws IOException {
        ClientAuthentication secret =
                new ClientSecretBasic(new ClientID(ClientFiles.GATEWAY), new Secret(ClientFiles.SECRET));
        HTTPRequest request = new TokenIntrospectionRequest(uri(IntrospectionRoutes.PATH), secret, ANY).toHTTPRequest();

        assertThat(said(request, server.trust())).isEqualTo(INACTIVE);
        assertThat(said(request, gateway.showingTo(server))).isEqualTo(INACTIVE);
    }

    @Test
    void areInTheMetadata() throws IOException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, uri(MetadataRoutes.PATH));

        assertThat(said(request, server.trust()))
                .contains(
                        "\"introspection_endpoint_auth_methods_supported\":[\"client_secret_basic\",\"tls_client_auth\"]")
                .contains(
                        "\"revocation_endpoint_auth_methods_supported\":[\"client_secret_basic\",\"tls_client_auth\"]");
    }

    private static String introspect(String id, SSLContext context) throws IOException {
        return said(
                new TokenIntrospectionRequest(uri(IntrospectionRoutes.PATH), tls(id), ANY).toHTTPRequest(), context);
    }

    private static ClientAuthentication tls(String id) {
        return new PKITLSClientAuthentication(new ClientID(id), (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private static String said(HTTPRequest request, SSLContext context) throws IOException {
        request.setSSLSocketFactory(context.getSocketFactory());
        HTTPResponse response = request.send();
        return response.getStatusCode() + " " + response.getBody().strip();
    }

    private static URI uri(String path) {
        return URI.create("https://localhost:" + service.port() + path);
    }
}
