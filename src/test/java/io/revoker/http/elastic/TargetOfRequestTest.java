package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetOfRequestTest {
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqb2UifQ.c2ln";

    @ParameterizedTest
    @MethodSource
    void namesTheTarget(String body, Target target) {
        assertThat(target(body)).isEqualTo(target);
    }

    static Stream<Arguments> namesTheTarget() {
        return Stream.of(
                arguments("{\"token\":\"abc\"}", access("abc")),
                arguments("{\"token\":\"" + JWT + "\"}", access(JWT)),
                arguments("{\"token\":\"   \"}", access("   ")),
                arguments("{\"token\":\"abc\",\"realm_name\":\"\",\"username\":\" \"}", access("abc")),
                arguments("{\"token\":\"a\",\"refresh_token\":\"\"}", access("a")),
                arguments("{\"token\":\"\",\"refresh_token\":\"r\"}", refresh("r")),
                arguments("{\"refresh_token\":\"r\"}", refresh("r")),
                arguments("{\"realm_name\":\"_all\"}", realm("_all")),
                arguments("{\"token\":\"\",\"realm_name\":\"r\"}", realm("r")),
                arguments("{\"realm_name\":\"r\",\"username\":\"  \"}", realm("r")),
                arguments("{\"username\":\"Joe\"}", user("Joe")),
                arguments("{\"realm_name\":\"\",\"username\":\"joe\"}", user("joe")),
                arguments("{\"realm_name\":\"r\",\"username\":\"joe\"}", userInRealm("r", "joe")),
                arguments("{\"realm_name\":\"  \",\"username\":\"joe\"}", userInRealm("  ", "joe")),
                arguments("{\"username\":\"\\ud83d\\ude00\"}", user("\ud83d\ude00")),
                arguments(
                        "{\"token\":\"\",\"refresh_token\":\"\",\"realm_name\":\"r\",\"username\":\"joe\"}",
                        userInRealm("r", "joe")));
    }

    @Test
    void acceptsNamesUpToTheBound() {
        assertThat(target("{\"username\":\"" + "u".repeat(1024) + "\"}")).isEqualTo(user("u".repeat(1024)));
    }

    @Test
    void readsEveryFormat() throws IOException {
        JsonNode body = new ObjectMapper().readTree("{\"realm_name\":\"r\",\"username\":\"joe\"}");
        byte[] yaml = new ObjectMapper(new YAMLFactory()).writeValueAsBytes(body);
        byte[] smile = new ObjectMapper(new SmileFactory()).writeValueAsBytes(body);
        byte[] cbor = new ObjectMapper(new CBORFactory()).writeValueAsBytes(body);

        assertThat(target(yaml, WireFormat.YAML)).isEqualTo(userInRealm("r", "joe"));
        assertThat(target(smile, WireFormat.SMILE)).isEqualTo(userInRealm("r", "joe"));
        assertThat(target(cbor, WireFormat.CBOR)).isEqualTo(userInRealm("r", "joe"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"\\ud800\"}",
                "{\"realm_name\":\"a\\udc00\"}",
                "{\"\\udc00\":\"a\"}",
                "{\"token\":\"a\u0001\"}",
                "   ",
                "]",
                "{\"foo\":"
            })
    void refusesTextThatIsNone(String body) {
        assertThatExceptionOfType(ElasticError.class)
                .isThrownBy(() -> target(body))
                .satisfies(fault -> assertThat(fault.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void refusesWhatPassesTheBounds(int size) {
        refuses("{\"token\":" + "[".repeat(size));
        refuses("[".repeat(size));
        refuses("{\"token\":" + "9".repeat(size) + "}");
        refuses("{\"token\":1e" + "9".repeat(size) + "}");
        refuses("{\"" + "n".repeat(size + 1) + "\":\"a\"}");
        refuses("{\"token\":\"" + "t".repeat((1 << 20) + size) + "\"}");
    }

    private static void refuses(String body) {
        assertThatExceptionOfType(ElasticError.class).isThrownBy(() -> target(body));
    }

    private static Target target(String body) {
        return target(body.getBytes(StandardCharsets.UTF_8), WireFormat.JSON);
    }

    private static Target target(byte[] body, WireFormat format) {
        return InvalidateRequestParser.parse(body, format).validate();
    }

    private static Target access(String token) {
        return new Target.OneToken(TokenKind.ACCESS, TokenId.of(token));
    }

    private static Target refresh(String token) {
        return new Target.OneToken(TokenKind.REFRESH, TokenId.of(token));
    }

    private static Target realm(String name) {
        return new Target.OfRealm(new RealmId(name));
    }

    private static Target user(String name) {
        return new Target.OfUser(new UserName(name));
    }

    private static Target userInRealm(String realm, String user) {
        return new Target.OfUserInRealm(new UserInRealm(new RealmId(realm), new UserName(user)));
    }
}
