package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidateTokenRequestTest {
    private static final String NO_ACCESS_TOKEN =
            "access token is not allowed when realm name or username are specified";
    private static final String NO_REFRESH_TOKEN =
            "refresh token is not allowed when realm name or username are specified";
    private static final String ONE_TOKEN =
            "Either access token or refresh token is required when neither realm name or username are specified";
    private static final String TWO_TOKENS = "Cannot supply both access token and refresh token";

    @ParameterizedTest
    @NullAndEmptySource
    void factoriesRequireTheirArgument(String nothing) {
        assertRefused("token is required", () -> InvalidateTokenRequest.accessToken(nothing));
        assertRefused("refresh_token is required", () -> InvalidateTokenRequest.refreshToken(nothing));
        assertRefused("realm name is required", () -> InvalidateTokenRequest.realmTokens(nothing));
        assertRefused("username is required", () -> InvalidateTokenRequest.userTokens(nothing));
        assertRefused("realm name is required", () -> InvalidateTokenRequest.userInRealmTokens(nothing, "joe"));
        assertRefused("username is required", () -> InvalidateTokenRequest.userInRealmTokens("native", nothing));
    }

    @Test
    void refusesATokenBesideARealmOrAUser() {
        assertRefused(NO_ACCESS_TOKEN, () -> new InvalidateTokenRequest("a", null, "native", null));
        assertRefused(NO_ACCESS_TOKEN, () -> new InvalidateTokenRequest("a", "r", null, "joe"));
        assertRefused(NO_REFRESH_TOKEN, () -> new InvalidateTokenRequest(null, "r", "native", "joe"));
        assertRefused(NO_REFRESH_TOKEN, () -> new InvalidateTokenRequest(" ", "", "native", null));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n"})
    void countsABlankRealmOrUserAsAbsent(String blank) {
        assertRefused(ONE_TOKEN, () -> new InvalidateTokenRequest(null, null, blank, blank));
        assertRefused(ONE_TOKEN, () -> new InvalidateTokenRequest("", "", blank, blank));
        assertRefused(TWO_TOKENS, () -> new InvalidateTokenRequest("a", "r", blank, blank));
        assertThat(new InvalidateTokenRequest("a", "", blank, blank).getAccessToken())
                .isEqualTo("a");
        assertThat(new InvalidateTokenRequest(null, "r", blank, blank).getRefreshToken())
                .isEqualTo("r");
    }

    @Test
    void factoriesEqualTheConstructor() {
        assertThat(InvalidateTokenRequest.accessToken("a"))
                .isEqualTo(new InvalidateTokenRequest("a", null, null, null));
        assertThat(InvalidateTokenRequest.refreshToken("r"))
                .isEqualTo(new InvalidateTokenRequest(null, "r", null, null));
        assertThat(InvalidateTokenRequest.realmTokens("native"))
                .isEqualTo(new InvalidateTokenRequest(null, null, "native", null));
        assertThat(InvalidateTokenRequest.userTokens("joe"))
                .isEqualTo(new InvalidateTokenRequest(null, null, null, "joe"));
        assertThat(InvalidateTokenRequest.userInRealmTokens("native", "joe"))
                .isEqualTo(new InvalidateTokenRequest(null, null, "native", "joe"))
                .hasSameHashCodeAs(new InvalidateTokenRequest(null, null, "native", "joe"));
    }

    @Test
    void differsByEveryField() {
        assertThat(new InvalidateTokenRequest("x", null, null, null))
                .isNotEqualTo(new InvalidateTokenRequest("y", null, null, null))
                .isNotEqualTo(new InvalidateTokenRequest(null, "x", null, null))
                .isNotEqualTo(new InvalidateTokenRequest(null, null, "x", null))
                .isNotEqualTo(new InvalidateTokenRequest(null, null, null, "x"))
                .isNotEqualTo("x");
    }

    @Test
    void givesBackWhatItWasGiven() {
        InvalidateTokenRequest request = InvalidateTokenRequest.userInRealmTokens("native", "joe");

        assertThat(request.getRealmName()).isEqualTo("native");
        assertThat(request.getUsername()).isEqualTo("joe");
        assertThat(request.getAccessToken()).isNull();
        assertThat(request.getRefreshToken()).isNull();
    }

    @Test
    void showsRealmAndUserButNeverAToken() {
        assertThat(InvalidateTokenRequest.userInRealmTokens("native", "joe"))
                .hasToString("InvalidateTokenRequest{realm_name=native, username=joe}");
        assertThat(InvalidateTokenRequest.accessToken("secret")).hasToString("InvalidateTokenRequest{token=hidden}");
        assertThat(InvalidateTokenRequest.refreshToken("secret"))
                .hasToString("InvalidateTokenRequest{refresh_token=hidden}");
    }

    private static void assertRefused(String message, Runnable request) {
        assertThatIllegalArgumentException().isThrownBy(request::run).withMessage(message);
    }
}
