package io.revoker.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboard as Grafana shows it: its expressions with values for its variables. */
record Dashboard(JsonNode json) {
    private static final Map<String, String> VALUES =
            Map.of("$namespace", "revoker", "$pod", ".*", "$__rate_interval", "1m", "$__range", "1h");
    private static final Pattern CHOICES = Pattern.compile("label_values\\((.*), \\w+\\)");

    static Dashboard deployed() {
        String text = Overlays.render("overlays/monitored")
                .named("ConfigMap", "revoker-dashboard")
                .at("/data/revoker.json")
                .asText();
        try {
            return new Dashboard(new JsonMapper().readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that it shows, and what it offers to choose from. */
    Stream<String> expressions() {
        Stream<String> shown = json.path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asText());
        Stream<String> offered = json.at("/templating/list")
                .valueStream()
                .map(variable -> variable.path("definition").asText())
                .flatMap(definition -> CHOICES.matcher(definition).results())
                .map(choice -> choice.group(1));
        return Stream.concat(shown, offered).map(Dashboard::filledIn);
    }

    private static String filledIn(String expression) {
        return VALUES.entrySet().stream()
                .reduce(expression, (text, value) -> text.replace(value.getKey(), value.getValue()), (a, b) -> b);
    }
}
