package io.revoker.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Call;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Reply;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Keycloak of its published distribution, with the realm of a file. */
final class KeycloakServer implements AutoCloseable {
    /** It builds itself at its first start. */
    private static final Duration START = Duration.ofMinutes(5);

    /** Of the realm that is there at once; may do everything. */
    private static final String ADMIN = "admin";

    private final Process process;
    private final Path output;
    private final URI root;

    private KeycloakServer(Process process, Path output, URI root) {
        this.process = process;
        this.output = output;
        this.root = root;
    }

    /**
     * Starts one, and waits until it answers.
     *
     * @param home what the distribution was unpacked to
     * @param directory for its data
     * @param realm as Keycloak imports it
     * @param options others than the usual ones
     */
    static KeycloakServer start(Path home, Path directory, String realm, String... options) {
        int port = RedisProcess.freePort();
        Path output = directory.resolve("keycloak.log");
        try {
            Files.writeString(
                    Files.createDirectories(home.resolve("data/import")).resolve("realm.json"), realm);
            List<String> command = new ArrayList<>(List.of(
                    "sh",
                    home.resolve("bin/kc.sh").toString(),
                    "start-dev",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--cache=local",
                    "--db=dev-mem",
                    "--import-realm"));
            command.addAll(List.of(options));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "JAVA_HOME",
                            System.getProperty("java.home"),
                            "JAVA_OPTS",
                            "-Xmx512m",
                            "KC_BOOTSTRAP_ADMIN_USERNAME",
                            ADMIN,
                            "KC_BOOTSTRAP_ADMIN_PASSWORD",
                            ADMIN));
            URI root = URI.create("http://127.0.0.1:" + port);
            KeycloakServer server = new KeycloakServer(builder.start(), output, root);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        try {
            Waiting.until(() -> "Keycloak answers:\n" + output(), START, () -> answers() || hasEnded());
        } catch (AssertionError failure) {
            close();
            throw failure;
        }
    }

    private boolean answers() {
        try {
            return Call.of("GET", realm()).send().status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private boolean hasEnded() {
        if (!process.isAlive()) {
            throw new AssertionError("Keycloak ended:\n" + output());
        }
        return false;
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The issuer of its tokens. */
    URI realm() {
        return realm(KeycloakRealm.NAME);
    }

    private URI realm(String name) {
        return root.resolve("/realms/" + name);
    }

    /** Where its keys are. */
    URI keys() {
        return URI.create(realm() + "/protocol/openid-connect/certs");
    }

    /** A request of its API for administrators, about the realm. */
    Call administer(String method, String path) {
        return Call.of(method, root.resolve("/admin/realms/" + KeycloakRealm.NAME + path))
                .bearer(login(realm("master"), "admin-cli", ADMIN)
                        .required("access_token")
                        .textValue());
    }

    /** A request to the realm. */
    Call call(String method, String path) {
        return Call.of(method, URI.create(realm() + path));
    }

    /** Logs a user in, whose password is the name: the tokens of a new session. */
    JsonNode login(String client, String user) {
        return login(realm(), client, user);
    }

    private static JsonNode login(URI realm, String client, String user) {
        return form(
                        realm,
                        "token",
                        "grant_type=password&scope=openid&client_id=" + client + "&username=" + user + "&password="
                                + user)
                .json();
    }

    /** The access token of a client that logs itself in. */
    String token(String client, String secret, String scope) {
        return form(
                        realm(),
                        "token",
                        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret + "&scope="
                                + scope)
                .json()
                .required("access_token")
                .textValue();
    }

    /** Ends the session of a refresh token. */
    int logout(String client, String refreshToken) {
        return form(realm(), "logout", "client_id=" + client + "&refresh_token=" + refreshToken)
                .status();
    }

    private static Reply form(URI realm, String endpoint, String body) {
        return Call.of("POST", URI.create(realm + "/protocol/openid-connect/" + endpoint))
                .form(body)
                .send();
    }

    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        Processes.awaitEnd(process);
    }
}
