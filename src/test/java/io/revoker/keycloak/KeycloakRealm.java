package io.revoker.keycloak;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The realm of the tests, as Keycloak imports it. */
final class KeycloakRealm {
    static final String NAME = "corp";
    /** Users log in with it, by their passwords, which are their names. */
    static final String CLIENT = "app";

    private KeycloakRealm() {}

    /**
     * Describes it.
     *
     * @param attributes of the realm, a JSON object
     * @param ofClient attributes of the client, a JSON object
     */
    static String of(String attributes, String ofClient, String... users) {
        return """
                {"realm": "%s", "enabled": true, "accessTokenLifespan": 300, "sslRequired": "none", "attributes": %s,
                 "clients": [{"clientId": "%s", "publicClient": true, "directAccessGrantsEnabled": true,
                  "redirectUris": ["*"], "attributes": %s}],
                 "users": [%s]}""".formatted(
                        NAME,
                        attributes,
                        CLIENT,
                        ofClient,
                        Stream.of(users).map(KeycloakRealm::user).collect(Collectors.joining(",")));
    }

    private static String user(String name) {
        return """
                {"username": "%1$s", "enabled": true, "email": "%1$s@example.com", "firstName": "%1$s", "lastName": "%1$s",
                 "emailVerified": true, "credentials": [{"type": "password", "value": "%1$s"}]}""".formatted(name);
    }
}
