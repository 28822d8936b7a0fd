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
    private static final List<String> CHALLENGES = List.of(SecurityFaults.API_KEY, SecurityFaults.BASIC);

    @Test
    void challengesTheCallerWithoutCredentials() {
        ElasticFault fault = SecurityFaults.missingCredentials(PATH, CHALLENGES);

        assertThat(fault.headers()).containsEntry("WWW-Authenticate", CHALLENGES);
        assertThat(body(fault)).isEqualTo("""
                        {"error":{"root_cause":[{"type":"security_exception","reason":"missing authentication credentials for REST request [/_security/oauth2/token]","header":{"WWW-Authenticate":["ApiKey","Basic realm=\\"security\\" charset=\\"UTF-8\\""]}}],"type":"security_exception","reason":"missing authentication credentials for REST request [/_security/oauth2/token]","header":{"WWW-Authenticate":["ApiKey","Basic realm=\\"security\\" charset=\\"UTF-8\\""]}},"status":401}""");
    }

    @Test
    void namesTheUserWhosePasswordIsWrong() {
        assertThat(body(SecurityFaults.wrongPassword("joe", PATH, CHALLENGES)))
                .contains("\"reason\":\"unable to authenticate user [joe] for REST request [/_security/oauth2/token]\"")
                .endsWith("},\"status\":401}");
    }

    @Test
    void refusesUnusableCredentials() {
        assertThat(body(SecurityFaults.unusableCredentials(CHALLENGES)))
                .contains("\"reason\":\"unable to authenticate with provided credentials and anonymous access is not"
                        + " allowed for this request\"");
    }

    @Test
    void namesTheActionThatAUserMayNotDo() {
        assertThat(body(SecurityFaults.unauthorized("joe"))).isEqualTo("""
                        {"error":{"root_cause":[{"type":"security_exception","reason":"action [cluster:admin/xpack/security/token/invalidate] is unauthorized for user [joe]"}],"type":"security_exception","reason":"action [cluster:admin/xpack/security/token/invalidate] is unauthorized for user [joe]"},"status":403}""");
        assertThat(body(SecurityFaults.unauthorizedRunAs("a", "b"))).contains("for user [a] run as [b]\"");
    }

    @Test
    void showsTheInnermostCauseAsTheRootOfUnavailability() {
        assertThat(body(SecurityFaults.unavailable("simulated"))).isEqualTo("""
                        {"error":{"root_cause":[{"type":"exception","reason":"simulated"}],"type":"security_exception","reason":"unable to perform requested action","caused_by":{"type":"exception","reason":"simulated"}},"status":503}""");
    }

    @Test
    void listsTheMethodsOfThePath() {
        ElasticFault fault = RequestFaults.wrongMethod(PATH, "GET", List.of("DELETE", "POST"));

        assertThat(fault.headers()).containsEntry("Allow", List.of("DELETE,POST"));
        assertThat(body(fault))
                .isEqualTo("{\"error\":\"Incorrect HTTP method for uri [/_security/oauth2/token] and method [GET],"
                        + " allowed: [DELETE, POST]\",\"status\":405}");
    }

    @Test
    void tellsProblemsApartByStatus() {
        assertThat(ProblemFaults.of(Problem.invalid("x")).status()).isEqualTo(400);
        assertThat(ProblemFaults.of(Problem.forbidden("x")).status()).isEqualTo(403);
        assertThat(ProblemFaults.of(Problem.unavailable("x")).status()).isEqualTo(503);
        assertThat(ProblemFaults.of(Problem.overloaded("x")).status()).isEqualTo(503);
        assertThat(ProblemFaults.of(Problem.internal("x")).status()).isEqualTo(500);
    }

    @Test
    void tracesEveryCauseIfAsked() {
        Rendering traced = new Rendering(WireFormat.JSON, Set.of(Rendering.Option.ERROR_TRACE), FieldFilter.NONE);

        assertThat(text(ElasticAnswer.of(SecurityFaults.unavailable("simulated"), traced)))
                .isEqualTo("""
                        {"error":{"root_cause":[{"type":"exception","reason":"simulated","stack_trace":"exception: simulated"}],"type":"security_exception","reason":"unable to perform requested action","caused_by":{"type":"exception","reason":"simulated","stack_trace":"exception: simulated"},"stack_trace":"security_exception: unable to perform requested action"},"status":503}""");
    }

    @Test
    void keepsTheRequestOutOfTheExceptionsMessage() {
        ElasticFault fault = catchThrowableOfType(
                ElasticFault.class,
                () -> InvalidateRequestParser.parse("s3cret".getBytes(StandardCharsets.UTF_8), WireFormat.JSON));

        assertThat(body(fault)).contains("s3cret");
        assertThat(fault)
                .hasMessage("400 json_parse_exception")
                .hasToString("io.revoker.http.elastic.ElasticFault: 400 json_parse_exception");
        assertThat(new ParsedRequest("s3cret", "s3cret", "", "").toString()).doesNotContain("s3cret");
    }

    @Test
    void doesNotFilterErrors() {
        Rendering filtered = ElasticParameters.of(
                        Map.of("filter_path", "invalidated_tokens").entrySet())
                .rendering(Optional.empty(), List.of());

        assertThat(text(ElasticAnswer.of(RequestFaults.bodyRequired(), filtered)))
                .isEqualTo(body(RequestFaults.bodyRequired()));
    }

    private static String body(ElasticFault fault) {
        return text(ElasticAnswer.of(fault, Rendering.DEFAULT));
    }

    private static String text(ElasticAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
