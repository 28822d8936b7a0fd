package io.revoker.cli.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import java.util.stream.Collectors;

/** What is said of the followers, and the exit status. */
record FollowerOutcome(CommandIo io, Aim aim) {

    /** @param body of an answer; without a receipt there is nothing to say */
    int of(JsonNode body) {
        JsonNode receipt = body.path("receipt");
        if (!receipt.isObject()) {
            return CommandIo.DONE;
        }
        int registered = receipt.path("registered").asInt();
        if (receipt.path("state").asText().equals("CLOSED")) {
            io.err()
                    .println(Shown.text(aim + ": applied by " + Shown.count(registered, "follower") + " within "
                            + receipt.path("max_lag_ms").asLong() + " ms"));
            return CommandIo.DONE;
        }
        io.warn(aim + ": revoked, but not known to be applied by all of " + Shown.count(registered, "follower")
                + open(receipt));
        return CommandIo.NOT_EVERYWHERE;
    }

    private static String open(JsonNode receipt) {
        return receipt.path("followers")
                .valueStream()
                .filter(one -> !one.path("state").asText().equals("CLOSED"))
                .map(one -> one.path("caller").asText() + '/' + one.path("name").asText() + " ("
                        + one.path("state").asText() + ")")
                .collect(Collectors.joining(", ", ": ", ""));
    }
}
