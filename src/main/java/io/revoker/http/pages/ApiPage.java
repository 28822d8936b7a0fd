package io.revoker.http.pages;

import com.fasterxml.jackson.databind.JsonNode;

/** The page that shows the description of the API. */
record ApiPage(ApiDocument document, SchemaText schemas, OperationHtml operations) {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Revoker: API</title>
            <link rel="stylesheet" href="docs/pages.css">
            <link rel="icon" href="docs/icon.svg">
            </head>
            <body>
            <a class="skip" href="#api">Skip to the API</a>
            """;

    /** Blocks while the description is parsed. */
    static ApiPage ofService() {
        ApiDocument document = ApiDocument.ofService();
        SchemaText schemas = new SchemaText(document);
        return new ApiPage(document, schemas, new OperationHtml(document, schemas));
    }

    String html() {
        JsonNode root = document.root();
        Html html = new Html().markup(HEAD).markup("<nav aria-label=\"Parts\"><a href=\"./\">Revoker</a><ul>");
        root.path("tags")
                .forEach(tag -> html.markup("<li><a href=\"#tag-" + name(tag) + "\">")
                        .text(tag.path("name").asText())
                        .markup("</a></li>"));
        html.markup("<li><a href=\"#schemas\">schemas</a></li></ul></nav>\n<main id=\"api\"><h1>")
                .text(root.at("/info/title").asText())
                .element("small", " " + root.at("/info/version").asText())
                .markup("</h1>" + Prose.html(root.at("/info/description").asText()));
        root.path("tags").forEach(tag -> putTag(html, tag));
        putSchemas(html, root.at("/components/schemas"));
        return html.markup("</main></body></html>\n").toString();
    }

    private static String name(JsonNode tag) {
        return Html.escape(tag.path("name").asText());
    }

    private void putTag(Html html, JsonNode tag) {
        html.markup("<section id=\"tag-" + name(tag) + "\" aria-labelledby=\"of-" + name(tag) + "\"><h2 id=\"of-"
                        + name(tag) + "\">" + name(tag) + "</h2>")
                .markup(Prose.html(tag.path("description").asText("")));
        document.operations(tag.path("name").asText()).forEach(operation -> operations.put(html, operation));
        html.markup("</section>\n");
    }

    private void putSchemas(Html html, JsonNode all) {
        html.markup("<section id=\"schemas\" aria-labelledby=\"of-schemas\"><h2 id=\"of-schemas\">schemas</h2>");
        all.properties().forEach(schema -> {
            String name = Html.escape(schema.getKey());
            html.markup("<section class=\"schema\" id=\"schema-" + name + "\"><h3>" + name + "</h3>")
                    .markup(Prose.html(schema.getValue().path("description").asText("")));
            if (schema.getValue().path("properties").isEmpty()) {
                html.markup("<p>" + schemas.kind(schema.getValue()) + "</p>");
            }
            schemas.putMembers(html, schema.getValue());
            html.markup("</section>\n");
        });
        html.markup("</section>");
    }
}
