package io.revoker.http.elastic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.http.elastic.ElasticError.Cause;
import java.util.List;
import java.util.Map;

/** The body of an error, field by field in the order of Elasticsearch. */
final class ErrorBody {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ElasticError error;
    private final Rendering rendering;

    private ErrorBody(ElasticError error, Rendering rendering) {
        this.error = error;
        this.rendering = rendering;
    }

    static ObjectNode of(ElasticError error, Rendering rendering) {
        return new ErrorBody(error, rendering).tree();
    }

    private ObjectNode tree() {
        ObjectNode body = JSON.objectNode();
        if (error.content() instanceof ElasticError.Content.OAuth refused) {
            return body.put("error", refused.error()).put("error_description", refused.description());
        }
        if (error.content() instanceof ElasticError.Content.Envelope envelope) {
            body.set("error", error(envelope));
        } else if (error.content() instanceof ElasticError.Content.Plain plain) {
            body.put("error", plain.text());
        }
        return body.put("status", error.status());
    }

    private ObjectNode error(ElasticError.Content.Envelope envelope) {
        Cause thrown = envelope.error();
        ObjectNode root = head(envelope.root());
        ObjectNode error = JSON.objectNode();
        error.putArray("root_cause").add(root);
        error.setAll(head(thrown));
        addCause(error, thrown);
        addHeader(error);
        addTrace(error, thrown);
        if (envelope.root().equals(thrown)) {
            addHeader(root);
        }
        addTrace(root, envelope.root());
        return error;
    }

    private ObjectNode head(Cause cause) {
        return JSON.objectNode().put("type", cause.type()).put("reason", cause.reason());
    }

    private void addCause(ObjectNode node, Cause cause) {
        cause.causedBy().ifPresent(inner -> {
            ObjectNode nested = node.putObject("caused_by").setAll(head(inner));
            addCause(nested, inner);
            addTrace(nested, inner);
        });
    }

    private void addHeader(ObjectNode node) {
        if (!error.headers().isEmpty()) {
            ObjectNode header = node.putObject("header");
            error.headers().forEach((name, values) -> addValues(header, Map.entry(name, values)));
        }
    }

    private static void addValues(ObjectNode header, Map.Entry<String, List<String>> field) {
        if (field.getValue().size() == 1) {
            header.put(field.getKey(), field.getValue().get(0));
        } else {
            field.getValue().forEach(header.withArray(field.getKey())::add);
        }
    }

    /** Has only type and reason: a real stack trace would disclose our code. */
    private void addTrace(ObjectNode node, Cause cause) {
        if (rendering.has(Rendering.Option.ERROR_TRACE)) {
            node.put("stack_trace", cause.type() + ": " + cause.reason());
        }
    }
}
