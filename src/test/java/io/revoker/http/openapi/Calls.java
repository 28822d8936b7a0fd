package io.revoker.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The calls that the examples of an operation make. */
record Calls(Operation operation) {

    /** Only one of all calls could be answered with it. */
    private static final String ONCE = "Idempotency-Key";

    /** Its answer ends only if that is asked for. */
    private static final String ENDLESS = "/v1/revocations/stream";

    /** A call and the name of its example. */
    record Named(String name, Call call) {}

    /** One for each example of a body, one for each optional query parameter, one for each way to show who calls. */
    List<Named> all() {
        List<Named> calls = new ArrayList<>();
        operation.requests().forEach(example -> calls.add(new Named(example.name(), saying(example))));
        operation.parameters().stream()
                .filter(parameter -> parameter.path("in").asText().equals("query") && !isRequired(parameter))
                .filter(parameter ->
                        !bare().target().contains(parameter.path("name").asText() + '='))
                .forEach(parameter -> calls.add(new Named("", asking(parameter))));
        operation.security().forEach(schemes -> calls.add(new Named("", identified(usual(), schemes))));
        if (operation.requests().isEmpty()) {
            calls.add(new Named(onlyAnswer(), usual()));
        }
        return calls;
    }

    /** The last example: the file puts there what may be sent again and again. */
    Call usual() {
        List<Operation.Example> examples = operation.requests();
        return examples.isEmpty() ? bare() : saying(examples.get(examples.size() - 1));
    }

    private String onlyAnswer() {
        return operation.answers(200).stream()
                .map(Operation.Example::name)
                .findFirst()
                .orElse("");
    }

    private Call asking(JsonNode parameter) {
        return usual().asking(
                        parameter.path("name").asText(),
                        parameter.path("example").asText());
    }

    private Call saying(Operation.Example example) {
        return bare().with(Call.CONTENT_TYPE, example.mediaType())
                .saying(toCome(Bodies.write(example.mediaType(), example.value())));
    }

    /** The times in the file pass. */
    private static String toCome(String body) {
        return body.replaceAll("(\"until\":\")[^\"]*", "$1" + Api.ahead(Duration.ofDays(1)))
                .replaceAll(
                        "(\"expires_at\":)[0-9]+",
                        "$1" + Instant.now().plus(Duration.ofMinutes(10)).getEpochSecond());
    }

    private Call bare() {
        String path = operation.path();
        Call call = Call.of(operation.listener(), operation.method().toUpperCase(Locale.ROOT), path);
        if (path.equals(ENDLESS)) {
            call = call.asking("timeout", "100ms");
        }
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            String example = parameter.path("example").asText();
            call = switch (parameter.path("in").asText()) {
                case "path" -> Call.of(call.listener(), call.method(), path.replace("{" + name + "}", example));
                case "header" -> name.equals(ONCE) ? call : call.with(name, example);
                case "query" -> isRequired(parameter) ? call.asking(name, example) : call;
                default -> call;
            };
        }
        return operation.security().isEmpty()
                ? call
                : identified(call, operation.security().get(0));
    }

    private static boolean isRequired(JsonNode parameter) {
        return parameter.path("required").asBoolean();
    }

    private static Call identified(Call call, List<String> schemes) {
        Call identified = call;
        for (String scheme : schemes) {
            identified = switch (scheme) {
                case "basic" -> identified.with(Call.AUTHORIZATION, Known.OPS.basic());
                case "apiKey" -> identified.with(Call.AUTHORIZATION, Known.OPS.apiKey());
                case "gateway" -> identified.with("Revoker-Authorization", Known.GATEWAY.basic());
                case "bearer" -> identified.with(Call.AUTHORIZATION, "Bearer opaque-access-of-maria");
                case "issuer" -> identified.with(Call.AUTHORIZATION, "Bearer " + Known.signedRequest());
                default -> throw new IllegalArgumentException("security scheme: " + scheme);
            };
        }
        return identified;
    }
}
