package io.revoker.redis.link;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node of a Cluster has not executed a command, and names the node that may. */
final class Redirection extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern TEXT = Pattern.compile("(MOVED|ASK) \\d+ (\\S*:\\d+).*|(TRYAGAIN).*", Pattern.DOTALL);

    /** The reason. */
    enum Kind {
        /** The slot belongs to another node. */
        MOVED,
        /** The slot is migrating to another node, and the key is there already. */
        ASK,
        /** The slot is migrating, and only some of the keys are there. */
        TRYAGAIN
    }

    private final Kind kind;
    private final String node;

    private Redirection(Kind kind, String node) {
        super(kind.name(), null, false, false);
        this.kind = kind;
        this.node = node;
    }

    /** Empty if a single command failed for another reason, or if a batch failed. */
    static Optional<Redirection> of(Throwable failure) {
        return failure instanceof ErrorType ? parse(String.valueOf(failure.getMessage())) : Optional.empty();
    }

    private static Optional<Redirection> parse(String error) {
        Matcher text = TEXT.matcher(error);
        if (!text.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                text.group(1) == null
                        ? new Redirection(Kind.TRYAGAIN, "")
                        : new Redirection(Kind.valueOf(text.group(1)), text.group(2)));
    }

    Kind kind() {
        return kind;
    }

    /** The node to send the command to. A node that does not know its own host names only its port. */
    Address node(Address asked) {
        return Address.parse(node).or(asked.host());
    }
}
