package io.revoker.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Call;
import io.revoker.testing.Reply;

/**
 * A stream of events of Keycloak, and the client that it is of.
 *
 * @param token for the API of the stream
 * @param document as Keycloak has created it
 */
record KeycloakStream(String token, JsonNode document) {
    private static final String SECRET = "secret-of-a-receiver";
    private static final String SCOPES = "ssf.manage ssf.read";

    /** One that Keycloak pushes. */
    static KeycloakStream pushed(KeycloakServer keycloak, String client, String url) {
        return create(keycloak, client, url, "{\"method\":\"urn:ietf:rfc:8935\",\"endpoint_url\":\"" + url + "\"}");
    }

    /** One that is polled. */
    static KeycloakStream polled(KeycloakServer keycloak, String client) {
        return create(keycloak, client, "", "{\"method\":\"urn:ietf:rfc:8936\"}");
    }

    private static KeycloakStream create(KeycloakServer keycloak, String client, String url, String delivery) {
        createClient(keycloak, client, url);
        String token = keycloak.token(client, SECRET, SCOPES.replace(' ', '+'));
        Reply created = keycloak.call("POST", "/ssf/transmitter/streams")
                .bearer(token)
                .json("{\"events_requested\":[\"https://schemas.openid.net/secevent/caep/event-type/session-revoked\"],"
                        + "\"delivery\":" + delivery + "}")
                .send();
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return new KeycloakStream(token, created.json());
    }

    private static void createClient(KeycloakServer keycloak, String client, String url) {
        assertThat(keycloak.administer("POST", "/clients")
                        .json("""
                        {"clientId": "%s", "secret": "%s", "serviceAccountsEnabled": true, "attributes": {
                         "ssf.enabled": "true", "ssf.validPushUrls": "%s", "ssf.defaultSubjects": "ALL"}}""".formatted(client, SECRET, url))
                        .send()
                        .status())
                .isEqualTo(201);
        String id = id(keycloak.administer("GET", "/clients?clientId=" + client), "clientId", client);
        for (String scope : SCOPES.split(" ", -1)) {
            String path = "/clients/" + id + "/optional-client-scopes/"
                    + id(keycloak.administer("GET", "/client-scopes"), "name", scope);
            assertThat(keycloak.administer("PUT", path).json("{}").send().status())
                    .isEqualTo(204);
        }
    }

    private static String id(Call list, String member, String value) {
        for (JsonNode one : list.send().json()) {
            if (one.path(member).asText().equals(value)) {
                return one.required("id").textValue();
            }
        }
        throw new AssertionError(member + ": " + value);
    }

    String audience() {
        return document.required("aud").path(0).textValue();
    }

    String url() {
        return document.required("delivery").required("endpoint_url").textValue();
    }
}
