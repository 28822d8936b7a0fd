package io.revoker.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.service.ServiceAnswer;
import io.revoker.cli.service.ServiceCalls;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.function.Consumer;

/** The entries of a service, read page by page. */
record AuditEntries(ServiceCalls calls, String first) {
    private static final String PATH = "/v1/audit";

    /** @param query which are meant */
    static AuditEntries of(ServiceCalls calls, String query) {
        return new AuditEntries(calls, PATH + "?" + query);
    }

    /** The ends of their chains. */
    static JsonNode chains(ServiceCalls calls) {
        return calls.get(PATH + "/chains").success().path("chains");
    }

    /** Each of them, up to so many. */
    void each(long most, Consumer<JsonNode> then) {
        long left = most;
        Optional<String> next = Optional.of("");
        while (next.isPresent() && left > 0) {
            ServiceAnswer page = calls.get(first + next.get());
            for (JsonNode entry : page.success().path("entries")) {
                if (left > 0) {
                    then.accept(entry);
                    left--;
                }
            }
            next = Optional.ofNullable(page.body().path("next").textValue())
                    .map(after -> "&after=" + URLEncoder.encode(after, UTF_8));
        }
    }
}
