package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a receiver sends with a poll (RFC 8936, section 2.2). Unknown members are ignored.
 *
 * @param most events that it takes
 * @param manner whether it waits for an event
 * @param done ids of events that it has
 * @param refused codes of the errors by the ids of events that it does not take
 */
record PollRequest(int most, Wait manner, Set<String> done, Map<String, String> refused) {
    static final int MOST = 100;
    private static final int MOST_SETTLED = 1000;

    /** Whether it waits for an event. */
    enum Wait {
        NOT,
        FOR_AN_EVENT
    }

    static PollRequest read(byte[] text) {
        JsonNode body = Json.read(text);
        if (!body.isObject()) {
            throw Problem.invalid("body: another type (expected: a JSON object)");
        }
        int most = most(body.path("maxEvents"));
        return new PollRequest(
                most,
                most == 0 || isImmediate(body.path("returnImmediately")) ? Wait.NOT : Wait.FOR_AN_EVENT,
                done(body.path("ack")),
                refused(body.path("setErrs")));
    }

    private static int most(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return MOST;
        }
        if (!given.isIntegralNumber() || given.bigIntegerValue().signum() < 0) {
            throw Problem.invalid(
                    "maxEvents: no number of events (expected: an integer from 0, without fraction and" + " exponent)");
        }
        return given.canConvertToInt() ? Math.min(MOST, given.intValue()) : MOST;
    }

    private static boolean isImmediate(JsonNode given) {
        if (!given.isMissingNode() && !given.isNull() && !given.isBoolean()) {
            throw Problem.invalid("returnImmediately: (expected: true or false)");
        }
        return given.booleanValue();
    }

    private static Set<String> done(JsonNode given) {
        requireFew("ack", given, given.isArray(), "an array of the jti of events");
        Set<String> ids = new HashSet<>();
        given.forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private static Map<String, String> refused(JsonNode given) {
        requireFew("setErrs", given, given.isObject(), "an object with an error for the jti of each event");
        Map<String, String> codes = new HashMap<>();
        given.properties().forEach(error -> codes.put(error.getKey(), code(error.getValue())));
        return codes;
    }

    private static void requireFew(String name, JsonNode given, boolean fits, String expected) {
        boolean absent = given.isMissingNode() || given.isNull();
        if (!absent && (!fits || given.size() > MOST_SETTLED)) {
            throw Problem.invalid(name + ": (expected: " + expected + ", at most " + MOST_SETTLED + ")");
        }
    }

    /** Codes are logged, so nothing else may stand there. */
    private static String code(JsonNode error) {
        String code = error.path("err").asText("");
        return ErrorCode.shown(code);
    }

    /** Neither is delivered again. */
    Set<String> settled() {
        Set<String> all = new HashSet<>(done);
        all.addAll(refused.keySet());
        return all;
    }
}
