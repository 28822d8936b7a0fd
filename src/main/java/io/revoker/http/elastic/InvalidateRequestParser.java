package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a request body token by token, in the order and with the refusals of Elasticsearch's parser: the first fault wins, an unknown field is
 * refused once its value begins, and two token strings are refused when the fourth field arrives or the object ends. What follows the object is
 * ignored.
 */
final class InvalidateRequestParser {
    private final JsonParser parser;
    private final Map<RequestField, String> values = new EnumMap<>(RequestField.class);

    private InvalidateRequestParser(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws ElasticFault with status 400, for every body that is not an object of the four fields; nothing else is thrown */
    static ParsedRequest parse(byte[] body, WireFormat format) {
        if (body.length == 0) {
            throw RequestFaults.bodyRequired();
        }
        try (JsonParser parser = format.parser(body)) {
            return new InvalidateRequestParser(parser).read();
        } catch (IOException e) {
            throw ParserFaults.of(e);
        }
    }

    private ParsedRequest read() throws IOException {
        JsonToken start = parser.nextToken();
        if (start != JsonToken.START_OBJECT) {
            throw ObjectFaults.notAnObject(Position.of(parser), start);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            readField(parser.currentName());
        }
        refuseTwoTokens(Optional.empty());
        return new ParsedRequest(
                value(RequestField.TOKEN),
                value(RequestField.REFRESH_TOKEN),
                value(RequestField.REALM_NAME),
                value(RequestField.USERNAME));
    }

    private void readField(String name) throws IOException {
        Position ofName = Position.of(parser);
        JsonToken type = parser.nextToken();
        RequestField field = RequestField.named(name).orElseThrow(() -> ObjectFaults.unknownField(ofName, name));
        ArrivedField arrived = new ArrivedField(field, Position.of(parser));
        if (type != JsonToken.VALUE_STRING) {
            throw ObjectFaults.wrongType(arrived, type);
        }
        values.put(field, arrived.requireUnicode(parser.getText()));
        if (values.size() == RequestField.values().length) {
            refuseTwoTokens(Optional.of(arrived));
        }
    }

    private void refuseTwoTokens(Optional<ArrivedField> last) {
        if (!value(RequestField.TOKEN).isEmpty()
                && !value(RequestField.REFRESH_TOKEN).isEmpty()) {
            throw ObjectFaults.twoTokens(last);
        }
    }

    private String value(RequestField field) {
        return values.getOrDefault(field, "");
    }
}
