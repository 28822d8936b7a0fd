package io.revoker.http.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.revoker.http.pages.ApiDocument.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One operation of the API, folded up. */
record OperationHtml(ApiDocument document, SchemaText schemas) {
    private static final ObjectWriter WRITER = new JsonMapper().writerWithDefaultPrettyPrinter();

    void put(Html html, Operation operation) {
        JsonNode node = operation.node();
        String method = operation.method().toUpperCase(Locale.ROOT);
        html.markup("<details id=\"" + Html.escape(operation.id()) + "\"><summary><span class=\"method "
                        + operation.method() + "\">" + method + "</span> ")
                .element("code", operation.path())
                .markup(" ")
                .element("span", "about", node.path("summary").asText())
                .markup("</summary><div class=\"operation\">");
        if (operation.item().path("servers").isArray()) {
            html.element("p", operation.item().at("/servers/0/description").asText());
        }
        html.markup(Prose.html(operation.item().path("description").asText("")))
                .markup(Prose.html(node.path("description").asText("")));
        putParameters(html, operation);
        putRequest(html, document.resolve(node.path("requestBody")));
        putResponses(html, node.path("responses"));
        html.markup("</div></details>\n");
    }

    private void putParameters(Html html, Operation operation) {
        List<JsonNode> all = new ArrayList<>();
        operation.item().path("parameters").forEach(all::add);
        operation.node().path("parameters").forEach(all::add);
        if (all.isEmpty()) {
            return;
        }
        html.markup("<h4>Parameters</h4><div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>Name</th><th>In</th>")
                .markup("<th>Value</th><th>Meaning</th></tr></thead><tbody>");
        all.stream().map(document::resolve).forEach(parameter -> {
            html.markup("<tr><td><code>").text(parameter.path("name").asText()).markup("</code>");
            if (parameter.path("required").asBoolean()) {
                html.markup(" <small>required</small>");
            }
            html.markup("</td>")
                    .element("td", parameter.path("in").asText())
                    .markup("<td>" + schemas.kind(parameter.path("schema")) + "</td><td>"
                            + Prose.html(parameter.path("description").asText("")) + "</td></tr>");
        });
        html.markup("</tbody></table></div>");
    }

    private void putRequest(Html html, JsonNode body) {
        if (!body.path("content").isEmpty()) {
            html.markup("<h4>Body</h4>");
            putContent(html, body);
        }
    }

    private void putResponses(Html html, JsonNode responses) {
        html.markup("<h4>Answers</h4><dl>");
        responses.properties().forEach(response -> {
            JsonNode answer = document.resolve(response.getValue());
            html.element("dt", response.getKey())
                    .markup("<dd>" + Prose.html(answer.path("description").asText("")));
            putHeaders(html, answer.path("headers"));
            putContent(html, answer);
            html.markup("</dd>");
        });
        html.markup("</dl>");
    }

    private static void putHeaders(Html html, JsonNode headers) {
        if (headers.isEmpty()) {
            return;
        }
        html.markup("<p><small>Headers: ");
        String between = "";
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            html.markup(between).element("code", header.getKey());
            between = ", ";
        }
        html.markup("</small></p>");
    }

    private void putContent(Html html, JsonNode body) {
        body.path("content").properties().forEach(content -> {
            html.markup("<p><code>")
                    .text(content.getKey())
                    .markup("</code>: " + schemas.kind(content.getValue().path("schema")) + "</p>");
            content.getValue().path("examples").properties().forEach(example -> putExample(html, example));
        });
    }

    private static void putExample(Html html, Map.Entry<String, JsonNode> example) {
        JsonNode value = example.getValue().path("value");
        html.markup("<details class=\"example\"><summary>")
                .text(example.getValue().path("summary").asText(example.getKey()))
                .markup("</summary><pre tabindex=\"0\">")
                .text(value.isTextual() ? value.textValue() : pretty(value))
                .markup("</pre></details>");
    }

    private static String pretty(JsonNode value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree has a JSON form", e);
        }
    }
}
