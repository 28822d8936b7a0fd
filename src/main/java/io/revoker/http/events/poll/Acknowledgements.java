package io.revoker.http.events.poll;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Problem;
import io.revoker.http.events.EventIntake;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which events of the last polls were taken or refused; the next poll sends it to the transmitter. */
final class Acknowledgements {
    static final int MOST = 100;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Problem> refused = new HashMap<>();

    void taken(String jti) {
        taken.add(jti);
    }

    void refused(String jti, Problem problem) {
        refused.put(jti, problem);
    }

    boolean isEmpty() {
        return taken.isEmpty() && refused.isEmpty();
    }

    void clear() {
        taken.clear();
        refused.clear();
    }

    /** A poll that waits (RFC 8936, section 2.2). */
    ObjectNode poll() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("maxEvents", MOST).put("returnImmediately", /* v= */ false);
        ArrayNode ack = body.putArray("ack");
        taken.forEach(ack::add);
        ObjectNode errors = body.putObject("setErrs");
        refused.forEach((jti, problem) ->
                errors.putObject(jti).put("err", EventIntake.code(problem)).put("description", problem.text()));
        return body;
    }
}
