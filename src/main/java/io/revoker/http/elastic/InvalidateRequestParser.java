package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.revoker.domain.NameRules;
import io.revoker.http.elastic.ElasticError.Cause;
import io.revoker.http.elastic.RequestErrors.ParserErrors;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses a request body token by token, in the order and with the errors of Elasticsearch's parser: the first error
 * wins, an unknown field is refused once its value begins, and two token strings are refused when the fourth field
 * arrives or the object ends. Whatever follows the object is ignored.
 */
final class InvalidateRequestParser {
    private final JsonParser parser;
    private final Map<RequestField, String> values = new EnumMap<>(RequestField.class);

    private InvalidateRequestParser(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * @throws ElasticError with status 400, for every body that is not an object of the four fields; nothing else is
     * thrown
     */
    static ParsedRequest parse(byte[] body, WireFormat format) {
        if (body.length == 0) {
            throw RequestErrors.bodyRequired();
        }
        try (JsonParser parser = format.parser(body)) {
            return new InvalidateRequestParser(parser).read();
        } catch (IOException e) {
            throw ParserErrors.of(e);
        }
    }

    private ParsedRequest read() throws IOException {
        JsonToken start = parser.nextToken();
        if (start != JsonToken.START_OBJECT) {
            throw ObjectErrors.notAnObject(Position.of(parser), start);
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
        RequestField field = RequestField.named(name).orElseThrow(() -> ObjectErrors.unknownField(ofName, name));
        ArrivedField arrived = new ArrivedField(field, Position.of(parser));
        if (type != JsonToken.VALUE_STRING) {
            throw ObjectErrors.wrongType(arrived, type);
        }
        values.put(field, arrived.requireUnicode(parser.getText()));
        if (values.size() == RequestField.values().length) {
            refuseTwoTokens(Optional.of(arrived));
        }
    }

    private void refuseTwoTokens(Optional<ArrivedField> last) {
        if (!value(RequestField.TOKEN).isEmpty()
                && !value(RequestField.REFRESH_TOKEN).isEmpty()) {
            throw ObjectErrors.twoTokens(last);
        }
    }

    private String value(RequestField field) {
        return values.getOrDefault(field, "");
    }

    /**
     * The position of a JSON token in the body, both numbers from 1; a binary format has line -1 and its byte offset
     * as the column.
     */
    record Position(int line, int column) {

        static Position of(JsonParser parser) {
            JsonLocation location = parser.currentTokenLocation();
            return new Position(location.getLineNr(), location.getColumnNr());
        }

        @Override
        public String toString() {
            return "[" + line + ":" + column + "]";
        }
    }

    /** A known field whose value begins at the position. */
    record ArrivedField(RequestField field, Position position) {

        /** Lone surrogates have no UTF-8 form: two different texts would become the same name, or the same token. */
        String requireUnicode(String text) {
            if (!NameRules.isUnicode(text)) {
                throw ElasticError.of(
                        400,
                        ObjectErrors.failedToParse(
                                this,
                                Cause.illegalArgument(field.wireName() + ": lone surrogate (expected: Unicode text)")));
            }
            return text;
        }
    }

    /** The fields of a request body; their names are case-sensitive. */
    enum RequestField {
        TOKEN("token"),
        REFRESH_TOKEN("refresh_token"),
        REALM_NAME("realm_name"),
        USERNAME("username");

        private final String wireName;

        RequestField(String wireName) {
            this.wireName = wireName;
        }

        static Optional<RequestField> named(String wireName) {
            return Arrays.stream(values())
                    .filter(field -> field.wireName.equals(wireName))
                    .findFirst();
        }

        static List<String> wireNames() {
            return Arrays.stream(values()).map(RequestField::wireName).toList();
        }

        String wireName() {
            return wireName;
        }
    }

    /** The errors of a body that can be parsed, but is not the expected object. */
    static final class ObjectErrors {
        private static final String OBJECT = " [invalidate_token] ";

        private ObjectErrors() {}

        /** @param found absent if there is nothing but white space */
        static ElasticError notAnObject(Position position, @Nullable JsonToken found) {
            return unreadable(position + OBJECT + "Expected START_OBJECT but was: " + name(found));
        }

        static ElasticError unknownField(Position position, String name) {
            return unreadable(position + OBJECT + "unknown field [" + name + "]" + suggestion(name));
        }

        static ElasticError wrongType(ArrivedField arrived, @Nullable JsonToken found) {
            return unreadable(arrived.position() + OBJECT + arrived.field().wireName()
                    + " doesn't support values of type: " + name(found));
        }

        /** @param last the fourth field, if all four arrived: Elasticsearch then reports the error at this field */
        static ElasticError twoTokens(Optional<ArrivedField> last) {
            Cause root = Cause.unreadable("Failed to build [invalidate_token] after last required field arrived");
            Cause built =
                    root.causedBy(Cause.illegalArgument("only one of [token, refresh_token] may be sent per request"));
            return ElasticError.of(
                    400, last.map(field -> failedToParse(field, built)).orElse(built), root);
        }

        static Cause failedToParse(ArrivedField arrived, Cause why) {
            return Cause.unreadable(arrived.position() + OBJECT + "failed to parse field ["
                            + arrived.field().wireName() + "]")
                    .causedBy(why);
        }

        private static ElasticError unreadable(String reason) {
            return ElasticError.of(400, Cause.unreadable(reason));
        }

        private static String suggestion(String name) {
            List<String> near = Suggestions.near(name, RequestField.wireNames());
            return near.isEmpty() ? "" : " did you mean " + Suggestions.text(near);
        }

        private static String name(@Nullable JsonToken token) {
            if (token == null) {
                return "null";
            }
            if (token.isNumeric()) {
                return "VALUE_NUMBER";
            }
            return token.isBoolean() ? "VALUE_BOOLEAN" : token.name();
        }
    }
}
