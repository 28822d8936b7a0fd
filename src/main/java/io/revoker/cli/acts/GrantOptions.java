package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What is said of tokens that are registered. */
final class GrantOptions {
    static final String PATH = "/v1/tokens";

    @Option(names = "--realm", required = true, paramLabel = "REALM", description = "the realm")
    private String realm = "";

    @Option(names = "--client-id", paramLabel = "CLIENT", description = "the OAuth client that they are for")
    private Optional<String> client = Optional.empty();

    @Option(names = "--session-id", paramLabel = "SESSION", description = "the user's session")
    private Optional<String> session = Optional.empty();

    @Option(names = "--scope", paramLabel = "SCOPE", description = "words with blanks between them")
    private Optional<String> scope = Optional.empty();

    @Option(
            names = "--expires-in",
            paramLabel = "LENGTH",
            description = "the access token's life, such as 90s, 30m, 8h or 7d; that of the service by default")
    private Optional<String> life = Optional.empty();

    @Option(names = "--refresh-expires-in", paramLabel = "LENGTH", description = "the same of the refresh token")
    private Optional<String> refreshLife = Optional.empty();

    /** A grant without its tokens. */
    ObjectNode document(Optional<String> user) {
        ObjectNode grant = user.map(name -> Aim.ofUser(name, Optional.of(realm)))
                .orElseGet(() -> Aim.ofRealm(realm))
                .target();
        client.ifPresent(id -> grant.put("client_id", id));
        session.ifPresent(id -> grant.put("session_id", id));
        scope.ifPresent(words -> grant.put("scope", words));
        life.ifPresent(length ->
                grant.put("expires_in", Length.of("expires-in", length).toSeconds()));
        refreshLife.ifPresent(length -> grant.put(
                "refresh_expires_in", Length.of("refresh-expires-in", length).toSeconds()));
        return grant;
    }

    /** Such as {@code user joe in realm corp: access token until 2026-11-22T12:20:00Z}. */
    static String sentence(JsonNode grant) {
        String until = Stream.of(
                        until(grant, "access token", "expires_in"), until(grant, "refresh token", "refresh_expires_in"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return "user " + grant.path("username").asText() + " in realm "
                + grant.path("realm_name").asText() + ": " + until;
    }

    private static Optional<String> until(JsonNode grant, String word, String lifetime) {
        Instant begin = Instant.ofEpochSecond(grant.path("issued_at").asLong());
        return Optional.of(grant.path(lifetime))
                .filter(JsonNode::isNumber)
                .map(seconds -> word + " until " + begin.plusSeconds(seconds.asLong()));
    }
}
