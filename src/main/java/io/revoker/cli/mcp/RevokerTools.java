package io.revoker.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.revoker.cli.acts.RevocationText;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an assistant can do. None of it takes or shows a token.
 *
 * <p>The result of a tool has a sentence and the JSON of the service, which is there as text as well, for clients that
 * give the model nothing else. What the service refuses is a result too, marked as an error, with the reason.
 */
record RevokerTools(ServiceCalls calls, Approvals approvals) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REVOCATIONS = "/v1/revocations";
    private static final String COUNT = "invalidated_tokens";
    private static final String APPROVAL = "approval";

    List<SyncToolSpecification> all() {
        return List.of(
                tool(
                        "list_tokens",
                        "Lists the live tokens of a user, in every realm if none is named, without their values.",
                        Schemas.HOLDER,
                        Kind.READS,
                        this::tokens),
                tool("list_locks", "Lists the locks that hold.", Schemas.NOTHING, Kind.READS, any -> list("locks")),
                tool(
                        "list_sweeps",
                        "Lists the revocations whose tokens are being counted, and those of the last hour.",
                        Schemas.NOTHING,
                        Kind.READS,
                        any -> list("sweeps")),
                tool(
                        "preview_revocation",
                        "Counts the tokens that a revocation would hit, changes nothing, and gives the approval with"
                                + " which exactly that can be done within five minutes.",
                        Schemas.REVOCATION,
                        Kind.READS,
                        this::preview),
                tool(
                        "revoke",
                        "Does what was previewed: its tokens stop working, which can't be undone. Nothing is done if"
                                + " there are more by then. May be repeated with the same approval.",
                        Schemas.APPROVAL,
                        Kind.REVOKES,
                        this::revoke));
    }

    private enum Kind {
        READS,
        REVOKES;

        ToolAnnotations annotations() {
            return ToolAnnotations.builder()
                    .readOnlyHint(this == READS)
                    .destructiveHint(this == REVOKES)
                    .idempotentHint(true)
                    .openWorldHint(false)
                    .build();
        }
    }

    private static SyncToolSpecification tool(
            String name,
            String description,
            Map<String, Object> input,
            Kind kind,
            Function<JsonNode, CallToolResult> does) {
        return SyncToolSpecification.builder()
                .tool(Tool.builder(name, input)
                        .description(description)
                        .annotations(kind.annotations())
                        .build())
                .callHandler((exchange, request) -> {
                    try {
                        return does.apply(JSON.valueToTree(
                                Optional.ofNullable(request.arguments()).orElse(Map.of())));
                    } catch (CommandFailure failure) {
                        return error(failure.text());
                    }
                })
                .build();
    }

    private CallToolResult tokens(JsonNode holder) {
        String query = Stream.of("realm_name", "username", "after")
                .filter(holder::has)
                .map(name -> ServiceCalls.parameter(name, holder.path(name).asText()))
                .collect(Collectors.joining("&"));
        JsonNode found = calls.get("/v1/tokens?" + query).success();
        return result(
                Shown.count(found.path("grants").size(), "grant") + " with a live token"
                        + (found.has("next") ? "; more with \"after\": " + found.path("next") : ""),
                found);
    }

    private CallToolResult list(String name) {
        JsonNode found = calls.get("/v1/" + name).success();
        return result(found.path(name).size() + " " + name, found);
    }

    private CallToolResult preview(JsonNode revocation) {
        ObjectNode question = ((ObjectNode) revocation.deepCopy()).put("dry_run", true);
        ServiceAnswer answer = calls.post(REVOCATIONS, question);
        JsonNode count = answer.success();
        ObjectNode approved = ((ObjectNode) revocation.deepCopy())
                .put("expected_max", count.path(COUNT).asLong());
        ObjectNode shown = ((ObjectNode) count.deepCopy()).put(APPROVAL, approvals.give(approved));
        return result(
                words(revocation) + ": " + Shown.count(count.path(COUNT).asLong(), "live token")
                        + " would be invalidated" + uncounted(answer) + unknown(answer),
                shown);
    }

    private CallToolResult revoke(JsonNode arguments) {
        String approval = arguments.path(APPROVAL).asText();
        return approvals
                .find(approval)
                .map(revocation -> revoke(revocation, approval))
                .orElseGet(() -> error("approval: unknown, or older than " + Approvals.LIFETIME.toMinutes()
                        + " minutes (expected: that of a preview); this call did nothing, and list_sweeps shows what"
                        + " an earlier one did"));
    }

    private CallToolResult revoke(ObjectNode revocation, String approval) {
        ServiceAnswer answer = calls.post(REVOCATIONS, revocation, Map.of("Idempotency-Key", '"' + approval + '"'));
        JsonNode done = answer.success();
        return result(
                words(revocation) + ": " + Shown.count(done.path(COUNT).asLong(), "token") + " invalidated"
                        + uncounted(answer),
                done);
    }

    private static String words(JsonNode revocation) {
        return Shown.text(RevocationText.target(revocation));
    }

    private static String uncounted(ServiceAnswer answer) {
        return answer.header("Revoker-Uncounted").isPresent() ? ", and unregistered JWTs" : "";
    }

    private static String unknown(ServiceAnswer answer) {
        return answer.header("Revoker-Holder").isPresent() ? "; no token is known there, is the name right?" : "";
    }

    private static CallToolResult result(String sentence, JsonNode json) {
        return CallToolResult.builder()
                .addTextContent(sentence)
                .addTextContent(json.toString())
                .structuredContent(JSON.convertValue(json, Map.class))
                .build();
    }

    private static CallToolResult error(String reason) {
        return CallToolResult.builder().addTextContent(reason).isError(true).build();
    }
}
