package io.revoker.http.single;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Caller;
import io.revoker.domain.followers.KnownFollower.State;
import io.revoker.domain.followers.Receipt;
import io.revoker.domain.followers.Receipt.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A receipt as JSON.
 *
 * @param state of all followers together
 */
public record ToldReceipt(State state, ObjectNode body) {
    private static final String MEMBER = "receipt";
    private static final int ACCEPTED = 202;
    private static final int MOST = 100;

    /** A caller of some realms gets the names of its own followers only. */
    static ToldReceipt of(Receipt receipt, Caller caller) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("state", receipt.state().name())
                .put("stamp", receipt.stamp().toString())
                .put("registered", receipt.followers().size())
                .put("confirmed", receipt.confirmed())
                .put("max_lag_ms", receipt.lag().toMillis());
        receipt.asOf().ifPresent(time -> body.put("as_of", text(time)));
        ArrayNode followers = body.putArray("followers");
        receipt.followers().stream()
                .filter(one ->
                        caller.realms().only().isEmpty() || one.id().caller().equals(caller.id()))
                .limit(MOST)
                .forEach(one -> followers.add(of(one)));
        return new ToldReceipt(receipt.state(), body);
    }

    private static ObjectNode of(Standing one) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", one.id().name())
                .put("caller", one.id().caller())
                .put("state", one.state().name())
                .put("lag_ms", one.lag().toMillis());
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The status of an answer with it: the revocation is done, but not known to be so everywhere. */
    public int status(int usual) {
        return state == State.CLOSED ? usual : ACCEPTED;
    }

    /** The body of an answer with it. */
    public ObjectNode in(ObjectNode usual) {
        ObjectNode whole = usual.deepCopy();
        whole.set(MEMBER, body);
        return whole;
    }
}
