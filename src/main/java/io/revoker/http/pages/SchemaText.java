package io.revoker.http.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A schema in words, and its members as rows of a table. */
record SchemaText(ApiDocument document) {
    private static final List<String> BOUNDS =
            List.of("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "default");
    private static final String REF = "$ref";

    /** The kind of value; a schema that has a name is linked. */
    String kind(JsonNode schema) {
        if (schema.has(REF)) {
            return link(schema.path(REF).textValue());
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.has(choice)) {
                return alternatives(schema.path(choice), choice.equals("allOf") ? " with " : " or ");
            }
        }
        if (schema.has("const")) {
            return "<code>" + Html.escape(schema.path("const").asText("\"\"")) + "</code>";
        }
        if (schema.has("enum")) {
            List<String> values = new ArrayList<>();
            schema.path("enum").forEach(value -> values.add("<code>" + Html.escape(value.asText()) + "</code>"));
            return String.join(", ", values);
        }
        return schema.path("items").isMissingNode()
                ? Html.escape(types(schema.path("type"))) + bounds(schema)
                : "list of " + kind(schema.path("items")) + bounds(schema);
    }

    private String alternatives(JsonNode choices, String between) {
        Set<String> kinds = new TreeSet<>();
        choices.forEach(choice -> kinds.add(kind(choice)));
        return String.join(between, kinds);
    }

    private static String link(String reference) {
        String name = Html.escape(reference.substring(reference.lastIndexOf('/') + 1));
        return reference.contains("/schemas/") ? "<a href=\"#schema-" + name + "\">" + name + "</a>" : name;
    }

    private static String types(JsonNode type) {
        if (!type.isArray()) {
            return type.asText("any");
        }
        List<String> names = new ArrayList<>();
        type.forEach(name -> names.add(name.asText()));
        return String.join(" or ", names);
    }

    private static String bounds(JsonNode schema) {
        List<String> found = new ArrayList<>();
        BOUNDS.stream()
                .filter(schema::has)
                .forEach(bound ->
                        found.add(bound + " " + Html.escape(schema.path(bound).asText())));
        return found.isEmpty() ? "" : " <small>(" + String.join(", ", found) + ")</small>";
    }

    /** The members of an object, or nothing. */
    void putMembers(Html html, JsonNode schema) {
        JsonNode members = schema.path("properties");
        if (members.isEmpty()) {
            return;
        }
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        html.markup(
                        "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>Member</th><th>Value</th><th>Meaning</th></tr>")
                .markup("</thead><tbody>");
        members.properties().forEach(member -> {
            html.markup("<tr><td><code>").text(member.getKey()).markup("</code>");
            if (required.contains(member.getKey())) {
                html.markup(" <small>required</small>");
            }
            html.markup("</td><td>" + kind(member.getValue()) + "</td><td>")
                    .markup(Prose.html(document.resolve(member.getValue())
                            .path("description")
                            .asText("")))
                    .markup("</td></tr>");
        });
        html.markup("</tbody></table></div>");
    }
}
