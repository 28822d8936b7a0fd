package io.revoker.http.elastic;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The refusals of a body that can't be read at all, in the words of the parser, which may quote the body. */
final class ParserFaults {
    private static final String SOURCE = "[Source: (org.elasticsearch.common.io.stream.InputStreamStreamInput); ";
    private static final Pattern OUR_SOURCE = Pattern.compile("\\[Source: [^;]*; ");

    private ParserFaults() {}

    static ElasticFault of(IOException e) {
        return ElasticFault.of(400, Cause.of(type(e), reason(e)));
    }

    private static String type(IOException e) {
        if (e instanceof JsonEOFException) {
            return "json_e_o_f_exception";
        }
        if (e instanceof StreamConstraintsException) {
            return "stream_constraints_exception";
        }
        return e instanceof JsonProcessingException ? "json_parse_exception" : "i_o_exception";
    }

    private static String reason(IOException e) {
        if (e instanceof JsonProcessingException unreadable) {
            return OUR_SOURCE.matcher(unreadable.getOriginalMessage()).replaceAll(Matcher.quoteReplacement(SOURCE))
                    + at(unreadable.getLocation());
        }
        return "the body is not text in UTF-8";
    }

    /** @param location absent for a bound that was passed */
    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : "\n at " + SOURCE + offset(location) + "]";
    }

    private static String offset(JsonLocation location) {
        return location.getLineNr() < 0
                ? "byte offset: #" + location.getByteOffset()
                : "line: " + location.getLineNr() + ", column: " + location.getColumnNr();
    }
}
