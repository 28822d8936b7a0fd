package io.revoker.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service answers, held against its description. */
class DescribedAnswersTest {
    private static final Description DESCRIPTION = Description.ofService();

    @TempDir
    private static Path directory;

    private static List<Exchange> exchanges;

    @BeforeAll
    static void talk() throws IOException {
        try (DescribedService service = DescribedService.start(directory)) {
            exchanges = Conversation.of(service, DESCRIPTION);
        }
    }

    @Test
    void everyAnswerIsAsDescribed() {
        assertThat(faults(DESCRIPTION)).isEmpty();
    }

    @Test
    void everyDescribedStatusIsAnswered() {
        Set<String> unanswered = new TreeSet<>();
        for (Operation operation : DESCRIPTION.operations()) {
            operation.statuses().forEach(status -> unanswered.add(answered(operation, status)));
        }
        exchanges.forEach(exchange -> unanswered.remove(answered(
                DESCRIPTION.operation(exchange.path(), exchange.method()).orElseThrow(),
                exchange.answer().status())));
        assertThat(unanswered).isEmpty();
    }

    @Test
    void anExampleAnswerIsTheAnswerToTheRequestOfItsName() {
        ExampleCheck check = new ExampleCheck(DESCRIPTION);
        assertThat(exchanges).flatMap(check::faults).isEmpty();
    }

    @Test
    void everyExampleAnswerIsRealInAllItsParts() {
        assertThat(new ExampleCheck(DESCRIPTION).unseen(exchanges)).isEmpty();
    }

    @Test
    void findsARequiredMemberThatIsNotAnswered() {
        Description changed = DESCRIPTION.but(root -> {
            ObjectNode schema = (ObjectNode) root.at("/components/schemas/Introspection");
            schema.withArray("required").set(0, "alive");
        });
        assertThat(faults(changed)).isNotEmpty().allMatch(fault -> fault.contains("/oauth2/introspect"));
    }

    @Test
    void findsAMemberThatIsNotDescribed() {
        Description changed = DESCRIPTION.but(root -> member(root, "Info").remove("tagline"));
        assertThat(faults(changed)).isNotEmpty().allMatch(fault -> fault.startsWith("get / "));
    }

    @Test
    void findsAStatusThatIsNotDescribed() {
        Description changed =
                DESCRIPTION.but(root -> ((ObjectNode) root.at("/paths/~1v1~1tokens/post/responses")).remove("409"));
        assertThat(faults(changed)).isNotEmpty().allMatch(fault -> fault.endsWith("status: 409 is not described"));
    }

    @Test
    void findsAHeaderThatIsNotDescribed() {
        Description changed = DESCRIPTION.but(
                root -> ((ObjectNode) root.at("/components/responses/Active/headers")).remove("X-Auth-Realm"));
        assertThat(faults(changed)).isNotEmpty().allMatch(fault -> fault.endsWith("x-auth-realm: is not described"));
    }

    @Test
    void findsAnExampleThatIsNoRealAnswer() {
        Description changed = DESCRIPTION.but(
                root -> ((ObjectNode) root.at("/components/responses/NothingFound/content/application~1json/examples"
                                + "/unknownToken/value"))
                        .put("invalidated_tokens", 1));
        assertThat(exchanges).flatMap(new ExampleCheck(changed)::faults).isNotEmpty();
    }

    private static List<String> faults(Description description) {
        AnswerCheck check = new AnswerCheck(description);
        return exchanges.stream()
                .flatMap(exchange -> check.faults(exchange).stream())
                .toList();
    }

    private static ObjectNode member(ObjectNode root, String schema) {
        return (ObjectNode) root.at("/components/schemas/" + schema + "/properties");
    }

    private static String answered(Operation operation, int status) {
        return operation.method() + " " + operation.path() + " " + status;
    }
}
