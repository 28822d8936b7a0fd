package io.revoker.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.stream.Stream;

/** The groups of rules that the component brings, as a file of Prometheus: what is in the PrometheusRule is the only copy. */
record AlertRules(JsonNode spec) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static AlertRules deployed() {
        return new AlertRules(Overlays.render("overlays/monitored")
                .named("PrometheusRule", "revoker")
                .at("/spec"));
    }

    Stream<JsonNode> all() {
        return spec.path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream());
    }

    List<String> alerts() {
        return all().filter(rule -> rule.has("alert"))
                .map(rule -> rule.path("alert").asText())
                .toList();
    }

    Stream<String> expressions() {
        return all().map(rule -> rule.path("expr").asText());
    }

    /** Without the texts, which a unit test would have to repeat. */
    AlertRules withoutAnnotations() {
        AlertRules copy = new AlertRules(spec.deepCopy());
        copy.all().forEach(rule -> ((ObjectNode) rule).remove("annotations"));
        return copy;
    }

    /** With another expression for one of the alerts. */
    AlertRules with(String alert, String expression) {
        AlertRules copy = new AlertRules(spec.deepCopy());
        copy.all()
                .filter(rule -> rule.path("alert").asText().equals(alert))
                .forEach(rule -> ((ObjectNode) rule).put("expr", expression));
        return copy;
    }

    String yaml() {
        try {
            return YAML.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
