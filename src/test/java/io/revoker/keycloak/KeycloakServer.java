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
import java.util.List;
import java.util.Map;

/** A Keycloak of its published distribution, with the realm of a file. */
final class KeycloakServer implements AutoCloseable {
    /** It builds itself at its first start. */
    private static final Duration START = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;
    private final URI realm;

    private KeycloakServer(Process process, Path output, URI realm) {
        this.process = process;
        this.output = output;
        this.realm = realm;
    }

    /**
     * Starts one, and waits until it answers.
     *
     * @param home what the distribution was unpacked to
     * @param directory for its data
     * @param realm the name of the realm
     * @param description the realm, as Keycloak imports it
     */
    static KeycloakServer start(Path home, Path directory, String realm, String description) {
        int port = RedisProcess.freePort();
        Path output = directory.resolve("keycloak.log");
        try {
            Files.writeString(
                    Files.createDirectories(home.resolve("data/import")).resolve("realm.json"), description);
            ProcessBuilder builder = new ProcessBuilder(
                            "sh",
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--cache=local",
                            "--db=dev-mem",
                            "--import-realm")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "-Xmx512m"));
            URI uri = URI.create("http://127.0.0.1:" + port + "/realms/" + realm);
            KeycloakServer server = new KeycloakServer(builder.start(), output, uri);
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
            return Call.of("GET", realm).send().status() == 200;
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
        return realm;
    }

    /** Where its keys are. */
    URI keys() {
        return URI.create(realm + "/protocol/openid-connect/certs");
    }

    /** Logs a user in: the tokens of a new session. */
    JsonNode login(String client, String user) {
        return form(
                        "token",
                        "grant_type=password&scope=openid&client_id=" + client + "&username=" + user + "&password="
                                + user)
                .json();
    }

    /** Ends the session of a refresh token. */
    int logout(String client, String refreshToken) {
        return form("logout", "client_id=" + client + "&refresh_token=" + refreshToken)
                .status();
    }

    private Reply form(String endpoint, String body) {
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
