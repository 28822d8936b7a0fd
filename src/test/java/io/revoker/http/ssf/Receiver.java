package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client that has streams; it verifies what it gets by the published keys, with the JOSE library of Nimbus. */
record Receiver(RunningService service, String client) {
    static final String ISSUER = "https://auth.example/revoker";
    static final String REVOKED = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";
    static final String VERIFICATION = "https://schemas.openid.net/secevent/ssf/event-type/verification";
    static final String UPDATED = "https://schemas.openid.net/secevent/ssf/event-type/stream-updated";
    static final String POLL = "{'delivery':{'method':'urn:ietf:rfc:8936'}}";
    static final String AT_ONCE = "{'returnImmediately':true}";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a poll brought. */
    record Polled(Map<String, JsonNode> sets, boolean more) {
        /** In the order of their delivery. */
        List<JsonNode> all() {
            return List.copyOf(sets.values());
        }

        /** The users of the sessions that have ended. */
        List<String> users() {
            return all().stream()
                    .map(set -> set.at("/sub_id/user/sub").asText())
                    .toList();
        }

        /** A poll that returns at once, and says that these have arrived. */
        String acknowledging() {
            List<String> ids = new ArrayList<>();
            sets.keySet().forEach(id -> ids.add("'" + id + "'"));
            return "{'returnImmediately':true,'ack':[" + String.join(",", ids) + "]}";
        }
    }

    /** The id of a new stream that is polled. */
    String stream() {
        return stream(POLL);
    }

    /** The id of a new stream. */
    String stream(String settings) {
        Reply created = send("POST", "/ssf/stream", settings);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().required("stream_id").textValue();
    }

    void removeStreams() {
        ask("GET", "/ssf/stream")
                .json()
                .forEach(stream -> assertThat(ask(
                                        "DELETE",
                                        "/ssf/stream?stream_id="
                                                + stream.required("stream_id").textValue())
                                .status())
                        .isEqualTo(204));
    }

    Reply send(String method, String path, String body) {
        return call(method, path).json(body.replace('\'', '"')).send();
    }

    Reply ask(String method, String path) {
        return call(method, path).send();
    }

    Call call(String method, String path) {
        return service.call(method, path).basic(client, ClientFiles.SECRET);
    }

    Polled poll(String stream, String body) {
        return read(send("POST", "/ssf/poll/" + stream, body));
    }

    /** All that there is, acknowledged. */
    List<JsonNode> drain(String stream) {
        List<JsonNode> all = new ArrayList<>();
        Polled polled = poll(stream, AT_ONCE);
        while (!polled.sets().isEmpty() || polled.more()) {
            all.addAll(polled.all());
            polled = poll(stream, polled.acknowledging());
        }
        return all;
    }

    Polled read(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        Map<String, JsonNode> sets = new LinkedHashMap<>();
        reply.json().required("sets").properties().forEach(set -> {
            JsonNode claims = verified(set.getValue().textValue());
            assertThat(claims.path("jti").asText()).isEqualTo(set.getKey());
            sets.put(set.getKey(), claims);
        });
        return new Polled(sets, reply.json().required("moreAvailable").booleanValue());
    }

    /** The claims of a security event token, of which everything holds that the specifications demand. */
    JsonNode verified(String token) {
        try {
            JWKSet keys = JWKSet.parse(
                    service.call("GET", "/.well-known/jwks.json").send().body());
            SignedJWT jwt = SignedJWT.parse(token);
            assertThat(jwt.verify(new ECDSAVerifier(
                            keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey())))
                    .isTrue();
            assertThat(jwt.getHeader().getType()).hasToString("secevent+jwt");
            JsonNode claims = JSON.readTree(jwt.getPayload().toBytes());
            assertThat(claims.path("iss").asText()).isEqualTo(ISSUER);
            assertThat(claims.path("aud").asText()).isEqualTo(client);
            assertThat(claims.path("iat").isIntegralNumber()).isTrue();
            assertThat(claims.has("sub") || claims.has("exp")).isFalse();
            assertThat(claims.path("events").size()).isEqualTo(1);
            assertThat(claims.at("/sub_id/format").asText()).isNotEmpty();
            return claims;
        } catch (ParseException | JOSEException | IOException e) {
            throw new AssertionError(token, e);
        }
    }
}
