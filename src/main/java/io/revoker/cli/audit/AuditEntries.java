package io.revoker.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The entries of a service, read page by page. */
record AuditEntries(ServiceCalls calls, String first) {
    private static final String PATH = "/v1/audit";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NOT_FOUND = 404;

    /** @param query which are meant */
    static AuditEntries of(ServiceCalls calls, String query) {
        return new AuditEntries(calls, PATH + "?" + query);
    }

    /** The ends of their chains. */
    static JsonNode chains(ServiceCalls calls) {
        return calls.getPatiently(PATH + "/chains").success().path("chains");
    }

    /** The keys that sign these ends; none if the service signs nothing, which it says by 404. */
    static EndKeys keys(ServiceCalls calls) {
        ServiceAnswer keys = calls.getPatiently("/.well-known/jwks.json");
        if (keys.status() == NOT_FOUND) {
            return EndKeys.NONE;
        }
        keys.success();
        return EndKeys.of(keys.text());
    }

    /** Each of them as it was written, up to so many. */
    void each(long most, Consumer<String> then) {
        long left = most;
        Optional<String> next = Optional.of("");
        while (next.isPresent() && left > 0) {
            ServiceAnswer page = calls.getPatiently(first + next.get());
            page.success();
            for (String entry : texts(page.text())) {
                if (left > 0) {
                    then.accept(entry);
                    left--;
                }
            }
            next = Optional.ofNullable(page.body().path("next").textValue())
                    .map(after -> '&' + ServiceCalls.parameter("after", after));
        }
    }

    /** Parsed and written again, one that somebody has altered might look as it should. */
    static List<String> texts(String page) {
        List<String> texts = new ArrayList<>();
        try (JsonParser body = JSON.createParser(page)) {
            body.nextToken();
            while (body.nextToken() == JsonToken.FIELD_NAME) {
                boolean isList = body.currentName().equals("entries");
                boolean isArray = body.nextToken() == JsonToken.START_ARRAY;
                while (isList && isArray && body.nextToken() != JsonToken.END_ARRAY) {
                    int begin = (int) body.currentTokenLocation().getCharOffset();
                    body.skipChildren();
                    body.finishToken();
                    texts.add(page.substring(begin, (int) body.currentLocation().getCharOffset()));
                }
                body.skipChildren();
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandIo.FAILED, "the service answered with what is no list of entries");
        }
        return texts;
    }
}
