package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import io.revoker.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

/** What an issuer and a verifier do with status lists. */
record Statuses(RunningService service) {
    static final String ISSUER = "https://auth.example/revoker";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Options of a service with lists, and others. */
    static String[] options(Path directory, String... others) {
        Stream<String> usual = Stream.of(
                "--oauth.issuer=" + ISSUER,
                "--signing.file=" + SigningFile.in(directory),
                "--status-list.enabled=true",
                "--status-list.ttl=2s",
                "--status-list.interval=100ms",
                "--status-list.size=1024",
                "--status-list.window=30d");
        return Stream.concat(usual.filter(option -> isNotAmong(option, others)), Stream.of(others))
                .toArray(String[]::new);
    }

    private static boolean isNotAmong(String option, String... others) {
        String name = option.substring(0, option.indexOf('=') + 1);
        return Stream.of(others).noneMatch(other -> other.startsWith(name));
    }

    /** An index of a list. */
    record Place(int index, String uri) {
        /** By a claim {@code status}. */
        static Place of(JsonNode status) {
            return at(status.required("status_list"));
        }

        static Place at(JsonNode list) {
            return new Place(
                    list.required("idx").intValue(), list.required("uri").textValue());
        }

        String path() {
            return uri.substring(ISSUER.length());
        }

        /** The claim of a token. */
        String claim() {
            return "\"status\":{" + field() + "}";
        }

        /** The field of a registration. */
        String field() {
            return "\"status_list\":{\"idx\":" + index + ",\"uri\":\"" + uri + "\"}";
        }
    }

    static long soon() {
        return Instant.now().getEpochSecond() + 600;
    }

    Reply ask(String body) {
        return service.call("POST", "/v1/status-allocations").json(body).send();
    }

    /** For a token of the realm that lives for ten minutes. */
    Place allocate(String realm, String more) {
        Reply reply = ask("{\"realm_name\":\"" + realm + "\",\"expires_at\":" + soon() + more + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return Place.of(reply.json().required("status"));
    }

    Place allocate(String realm) {
        return allocate(realm, "");
    }

    /** A JWT with that index, of some user, client, session and key. */
    static String token(Place place, String user) {
        return "%s.%s.c2lnbmF0dXI"
                .formatted(
                        Jwts.base64("{\"alg\":\"ES256\",\"kid\":\"key-1\"}"),
                        Jwts.base64(
                                "{\"nonce\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d,\"client_id\":\"web\",\"sid\":\"s-1\",%s}"
                                        .formatted(
                                                Api.fresh("n"),
                                                user,
                                                Instant.now().getEpochSecond(),
                                                soon() - 60,
                                                place.claim())));
    }

    Reply register(String realm, String token) {
        return new Api(service).register("{\"realm_name\":\"" + realm + "\",\"access_token\":\"" + token + "\"}");
    }

    Reply fetch(Place place) {
        return service.call("GET", place.path()).send();
    }

    /** The claims of the list. */
    JsonNode claims(Place place) {
        Reply reply = fetch(place);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return claims(reply.body());
    }

    static JsonNode claims(String jwt) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bits(JsonNode claims) {
        byte[] zlib = Base64.getUrlDecoder()
                .decode(claims.required("status_list").required("lst").textValue());
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(zlib))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0 for valid. */
    int status(Place place) {
        return status(bits(claims(place)), place);
    }

    private static int status(byte[] bits, Place place) {
        return bits[place.index() / 8] >> place.index() % 8 & 1;
    }

    /** What the first list says that was signed in a later second than this one. */
    int statusFromNowOn(Place place) {
        long now = Instant.now().getEpochSecond();
        JsonNode[] last = {claims(place)};
        Waiting.until("a later list", () -> {
            last[0] = claims(place);
            return last[0].required("iat").longValue() > now;
        });
        return status(bits(last[0]), place);
    }

    /** What they say at the same time. */
    static List<Integer> of(Place place, Statuses... instances) {
        return Stream.of(instances).map(one -> one.statusFromNowOn(place)).toList();
    }
}
