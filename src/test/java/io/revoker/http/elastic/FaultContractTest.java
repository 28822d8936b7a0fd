package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.revoker.domain.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultContractTest {
    private static final String PATH = "/_security/oauth2/token";
    private static final List<String> CHALLENGES = List.of(SecurityErrors.API_KEY, SecurityErrors.BASIC);

    @Test
    void challengesTheCallerWithoutCredentials() {
        ElasticError fault = SecurityErrors.missingCredentials(PATH, CHALLENGES);

        assertThat(fault.headers()).containsEntry("WWW-Authenticate", CHALLENGES);
        assertThat(body(fault)).isEqualTo("""
                        {"error":{"root_cause":[{"type":"security_exception","reason":"missing authentication credentials for REST request [/_security/oauth2/token]","header":{"WWW-Authenticate":["ApiKey","Basic realm=\\"security\\" charset=\\"UTF-8\\""]}}],"type":"security_exception","reason":"missing authentication credentials for REST request [/_security/oauth2/token]","header":{"WWW-Authenticate":["ApiKey","Basic realm=\\"security\\" charset=\\"UTF-8\\""]}},"status":401}""");
    }

    @Test
    void namesTheUserWhosePasswordIsWrong() {
        assertThat(body(SecurityErrors.wrongPassword("joe", PATH, CHALLENGES)))
                .contains("\"reason\":\"unable to authenticate user [joe] for REST request [/_security/oauth2/token]\"")
                .endsWith("},\"status\":401}");
    }

    @Test
    void refusesUnusableCredentials() {
        assertThat(body(SecurityErrors.unusableCredentials(CHALLENGES)))
                .contains("\"reason\":\"unable to authenticate with provided credentials and anonymous access is not"
                        + " allowed for this request\"");
    }

    @Test
    void namesTheActionThatAUserMayNotDo() {
        assertThat(body(SecurityErrors.unauthorized("joe"))).isEqualTo("""
                        {"error":{"root_cause":[{"type":"security_exception","reason":"action [cluster:admin/xpack/security/token/invalidate] is unauthorized for user [joe]"}],"type":"security_exception","reason":"action [cluster:admin/xpack/security/token/invalidate] is unauthorized for user [joe]"},"status":403}""");
        assertThat(body(SecurityErrors.unauthorizedRunAs("a", "b"))).contains("for user [a] run as [b]\"");
    }

    @Test
    void showsTheInnermostCauseAsTheRootOfUnavailability() {
        assertThat(body(SecurityErrors.unavailable("simulated"))).isEqualTo("""
                        {"error":{"root_cause":[{"type":"exception","reason":"simulated"}],"type":"security_exception","reason":"unable to perform requested action","caused_by":{"type":"exception","reason":"simulated"}},"status":503}""");
    }

    @Test
    void listsTheMethodsOfThePath() {
        ElasticError fault = RequestErrors.wrongMethod(PATH, "GET", List.of("DELETE", "POST"));

        assertThat(fault.headers()).containsEntry("Allow", List.of("DELETE,POST"));
        assertThat(body(fault))
                .isEqualTo("{\"error\":\"Incorrect HTTP method for uri [/_security/oauth2/token] and method [GET],"
                        + " allowed: [DELETE, POST]\",\"status\":405}");
    }

    @Test
    void tellsProblemsApartByStatus() {
        assertThat(ProblemErrors.of(Problem.invalid("x")).status()).isEqualTo(400);
        assertThat(ProblemErrors.of(Problem.forbidden("x")).status()).isEqualTo(403);
        assertThat(ProblemErrors.of(Problem.unavailable("x")).status()).isEqualTo(503);
        assertThat(ProblemErrors.of(Problem.overloaded("x")).status()).isEqualTo(503);
        assertThat(ProblemErrors.of(Problem.internal("x")).status()).isEqualTo(500);
    }

    @Test
    void tracesEveryCauseIfAsked() {
        Rendering traced = new Rendering(WireFormat.JSON, Set.of(Rendering.Option.ERROR_TRACE), FieldFilter.NONE);

        assertThat(text(ElasticAnswer.of(SecurityErrors.unavailable("simulated"), traced)))
                .isEqualTo("""
                        {"error":{"root_cause":[{"type":"exception","reason":"simulated","stack_trace":"exception: simulated"}],"type":"security_exception","reason":"unable to perform requested action","caused_by":{"type":"exception","reason":"simulated","stack_trace":"exception: simulated"},"stack_trace":"security_exception: unable to perform requested action"},"status":503}""");
    }

    @Test
    void keepsTheRequestOutOfTheExceptionsMessage() {
        ElasticError fault = catchThrowableOfType(
                ElasticError.class,
                () -> InvalidateRequestParser.parse("s3cret".getBytes(StandardCharsets.UTF_8), WireFormat.JSON));

        assertThat(body(fault)).contains("s3cret");
        assertThat(fault)
                .hasMessage("400 json_parse_exception")
                .hasToString("io.revoker.http.elastic.ElasticError: 400 json_parse_exception");
        assertThat(new ParsedRequest("s3cret", "s3cret", "", "").toString()).doesNotContain("s3cret");
    }

    @Test
    void doesNotFilterErrors() {
        Rendering filtered = new ElasticParameters(Map.of("filter_path", "invalidated_tokens"))
                .rendering(Optional.empty(), List.of());

        assertThat(text(ElasticAnswer.of(RequestErrors.bodyRequired(), filtered)))
                .isEqualTo(body(RequestErrors.bodyRequired()));
    }

    private static String body(ElasticError fault) {
        return text(ElasticAnswer.of(fault, Rendering.DEFAULT));
    }

    private static String text(ElasticAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
