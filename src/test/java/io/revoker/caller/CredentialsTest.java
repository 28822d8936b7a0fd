package io.revoker.caller;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.caller.Credentials.Presented;
import io.revoker.caller.Credentials.Scheme;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @Test
    void findsNoneWithoutAHeader() {
        assertThat(Credentials.parse(Optional.empty())).isEqualTo(new Credentials.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t "})
    void findsNoneInABlankHeader(String header) {
        assertThat(parse(header)).isEqualTo(new Credentials.None());
    }

    @ParameterizedTest
    @CsvSource({"Basic, BASIC", "basic, BASIC", "BASIC, BASIC", "ApiKey, API_KEY", "apikey, API_KEY"})
    void readsBothSchemesInAnyCase(String name, Scheme scheme) {
        Presented presented = presented(name + " " + base64("ops:top"));

        assertThat(presented.scheme()).isEqualTo(scheme);
        assertThat(readings(presented)).containsExactly("ops:top");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops:a:b:c", "ops:with space", "büro:gehéim", "a:b"})
    void splitsAtTheFirstColonAndReadsUtf8(String text) {
        assertThat(readings(presented("Basic " + base64(text)))).containsExactly(text);
    }

    @Test
    void readsBase64WithoutPaddingAndBetweenSpaces() {
        String unpadded = base64("ops:top1").replace("=", "");

        assertThat(unpadded).hasSizeLessThan(base64("ops:top1").length());
        assertThat(readings(presented("  Basic   " + unpadded + "  "))).containsExactly("ops:top1");
    }

    @ParameterizedTest
    @CsvSource({
        "client%2F1:p%2Bq, client/1:p+q",
        "ops:a+b, ops:a b",
        "ops:50%25, ops:50%",
    })
    void readsRawFirstAndFormUrlencodedSecond(String sent, String decoded) {
        assertThat(readings(presented("Basic " + base64(sent)))).containsExactly(sent, decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops:100%", "ops:%zz", "ops:%0a", "a%3Ab:x"})
    void readsRawOnlyWhatDecodesToNothingAClientCouldHave(String sent) {
        assertThat(readings(presented("Basic " + base64(sent)))).containsExactly(sent);
    }

    @ParameterizedTest
    @CsvSource({"Bearer abc, BEARER", "bearer, BEARER", "Negotiate abc, OTHER", "s3cret, OTHER", "Basic, BASIC"})
    void tellsOnlyTheKnownNamesOfSchemesThatItCanNotUse(String header, Scheme scheme) {
        assertThat(parse(header)).isEqualTo(new Credentials.Unusable(scheme));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "b3BzOnRvc", "b3Bz OnRvcA==", "b3BzOnRvcA===", "b3BzOnRv_A=="})
    void canNotUseBrokenBase64(String broken) {
        assertThat(parse("Basic " + broken)).isEqualTo(new Credentials.Unusable(Scheme.BASIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ops", "ops:", ":top", ":", "o\nps:top", "ops:t\0p"})
    void canNotUseWhatNamesNoClientOrHasNoSecret(String text) {
        assertThat(parse("Basic " + base64(text))).isEqualTo(new Credentials.Unusable(Scheme.BASIC));
    }

    @Test
    void canNotUseWhatIsNotUtf8() {
        assertThat(parse("Basic " + base64("büro:top", ISO_8859_1))).isEqualTo(new Credentials.Unusable(Scheme.BASIC));
    }

    @Test
    void boundsTheIdAt256Characters() {
        assertThat(presented("Basic " + base64("i".repeat(256) + ":top")).id()).hasSize(256);
        assertThat(parse("Basic " + base64("i".repeat(257) + ":top")))
                .isEqualTo(new Credentials.Unusable(Scheme.BASIC));
    }

    @Test
    void boundsTheHeaderAt8KiB() {
        String longest = "Basic " + base64("ops:" + "x".repeat(6_134));

        assertThat(longest).hasSize(8_190);
        assertThat(presented(longest).id()).isEqualTo("ops");
        assertThat(parse(longest + "   ")).isEqualTo(new Credentials.Unusable(Scheme.BASIC));
    }

    private static Credentials parse(String header) {
        return Credentials.parse(Optional.of(header));
    }

    private static Presented presented(String header) {
        assertThat(parse(header)).isInstanceOf(Presented.class);
        return (Presented) parse(header);
    }

    private static List<String> readings(Presented presented) {
        return presented.claims().stream()
                .map(claim -> claim.id() + ":" + new String(claim.secret().bytes(), UTF_8))
                .toList();
    }

    private static String base64(String text) {
        return base64(text, UTF_8);
    }

    private static String base64(String text, Charset charset) {
        return Base64.getEncoder().encodeToString(text.getBytes(charset));
    }
}
