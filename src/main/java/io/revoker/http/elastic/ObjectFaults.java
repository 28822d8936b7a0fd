package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The refusals of a body that can be read, but is not the object that it should be. */
final class ObjectFaults {
    private static final String OBJECT = " [invalidate_token] ";

    private ObjectFaults() {}

    /** @param found absent if there is nothing but white space */
    static ElasticFault notAnObject(Position position, @Nullable JsonToken found) {
        return unreadable(position + OBJECT + "Expected START_OBJECT but was: " + name(found));
    }

    static ElasticFault unknownField(Position position, String name) {
        return unreadable(position + OBJECT + "unknown field [" + name + "]" + suggestion(name));
    }

    static ElasticFault wrongType(ArrivedField arrived, @Nullable JsonToken found) {
        return unreadable(arrived.position() + OBJECT + arrived.field().wireName() + " doesn't support values of type: "
                + name(found));
    }

    /** @param last the fourth field, if all four arrived: Elasticsearch then blames it */
    static ElasticFault twoTokens(Optional<ArrivedField> last) {
        Cause root = Cause.unreadable("Failed to build [invalidate_token] after last required field arrived");
        Cause built =
                root.causedBy(Cause.illegalArgument("only one of [token, refresh_token] may be sent per request"));
        return ElasticFault.of(
                400, last.map(field -> failedToParse(field, built)).orElse(built), root);
    }

    static Cause failedToParse(ArrivedField arrived, Cause why) {
        return Cause.unreadable(arrived.position() + OBJECT + "failed to parse field ["
                        + arrived.field().wireName() + "]")
                .causedBy(why);
    }

    private static ElasticFault unreadable(String reason) {
        return ElasticFault.of(400, Cause.unreadable(reason));
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
