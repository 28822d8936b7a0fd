package io.revoker.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.faults.Event.Checked.Said;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One HTTP connection at a time, made anew when it breaks; a request whose answer does not come is not sent again. */
final class HttpDoor implements Door {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private final IntSupplier port;
    private Optional<RawConnection> connection = Optional.empty();

    HttpDoor(IntSupplier port) {
        this.port = port;
    }

    @Override
    public int register(List<Issued> tokens) {
        Issued first = tokens.get(0);
        String named = tokens.stream().map(HttpDoor::fields).collect(Collectors.joining(","));
        String grant = "{\"realm_name\":\"" + first.realm() + "\",\"username\":\"" + first.user() + "\"," + named + "}";
        return exchange(json("POST", "/v1/tokens", grant)).map(Answer::status).orElse(Event.NONE);
    }

    private static String fields(Issued token) {
        String prefix = token.kind() == Issued.Kind.ACCESS ? "" : "refresh_";
        String name = token.kind() == Issued.Kind.ACCESS ? "access_token" : "refresh_token";
        return "\"" + name + "\":\"" + token.text() + "\",\"" + prefix + "expires_in\":"
                + token.life().toSeconds();
    }

    @Override
    public Ended revoke(Target target) {
        return exchange(json("DELETE", "/_security/oauth2/token", target.json()))
                .map(answer -> ended(answer.status(), tree(answer)))
                .orElse(Ended.UNKNOWN);
    }

    /** Revokes and does not wait for the counts: the sweep stands in the list of those that have ended. */
    int begin(Target target) {
        return exchange(json("DELETE", "/_security/oauth2/token?wait_for_completion=false", target.json()))
                .map(Answer::status)
                .orElse(Event.NONE);
    }

    private static Ended ended(int status, JsonNode body) {
        return status == 200
                ? new Ended(
                        status,
                        body.path("invalidated_tokens").asLong(),
                        body.path("error_count").asLong())
                : new Ended(status, 0, 0);
    }

    @Override
    public Told check(String token) {
        return exchange("GET /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .map(answer -> told(answer.status(), answer.status() == 200, answer.status() == 401))
                .orElse(Told.UNKNOWN);
    }

    @Override
    public Told introspect(String token) {
        return exchange(request("POST", "/oauth2/introspect", "application/x-www-form-urlencoded", "token=" + token))
                .map(answer -> told(answer.status(), tree(answer)))
                .orElse(Told.UNKNOWN);
    }

    @Override
    public List<Told> checkAll(List<String> tokens) {
        String body = tokens.stream()
                .collect(Collectors.joining("\",\"", "{\"tokens\":[\"", "\"],\"token_type_hint\":\"refresh_token\"}"));
        return exchange(json("POST", "/v1/checks", body))
                .map(answer -> told(answer, tokens.size()))
                .orElse(Collections.nCopies(tokens.size(), Told.UNKNOWN));
    }

    private static List<Told> told(Answer answer, int size) {
        return answer.status() == 200
                ? StreamSupport.stream(tree(answer).path("checks").spliterator(), false)
                        .map(check -> told(200, check))
                        .toList()
                : Collections.nCopies(size, new Told(answer.status(), Said.NOTHING));
    }

    private static Told told(int status, JsonNode said) {
        boolean is200 = status == 200 && said.has("active");
        boolean active = said.path("active").asBoolean();
        return told(status, is200 && active, is200 && !active);
    }

    private static Told told(int status, boolean active, boolean inactive) {
        return new Told(status, active ? Said.ACTIVE : inactive ? Said.INACTIVE : Said.NOTHING);
    }

    private Optional<Answer> exchange(String request) {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(RawConnection.to(port.getAsInt(), PATIENCE));
            }
            return Optional.of(connection.get().exchange(request));
        } catch (UncheckedIOException | NumberFormatException | ArrayIndexOutOfBoundsException brokenOrTruncated) {
            close();
            LockSupport.parkNanos(PAUSE_NANOS);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        connection.ifPresent(RawConnection::close);
        connection = Optional.empty();
    }

    private static String json(String method, String path, String body) {
        return request(method, path, "application/json", body);
    }

    private static String request(String method, String path, String type, String body) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static JsonNode tree(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
