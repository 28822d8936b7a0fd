package io.revoker.redis.link;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.revoker.domain.Problem;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Translates failures of the Redis client and error replies of the server into problems, once, where they are first
 * seen.
 */
public final class RedisFailure {
    /** Codes that describe a lasting state of the server, not an error of a command or its key. */
    private static final Pattern STATE = Pattern.compile(
            "\\b(OOM|MISCONF|NOREPLICAS|MOVED|ASK|NOAUTH|WRONGPASS|NOPERM|NOSCRIPT|UNBLOCKED|CONNECTION_CLOSED)\\b");

    /**
     * Transient states: the server is loading its data, becoming a primary or at a long script, or a slot is moving.
     */
    private static final Pattern PASSING =
            Pattern.compile("\\b(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)\\b");

    private static final Pattern OUT_OF_MEMORY = Pattern.compile("\\bOOM\\b");

    /**
     * How the client reports a connection that broke during a batch: as an error of the server, with the name of a
     * Java class in it.
     */
    private static final Pattern BROKEN = Pattern.compile("\\[\\d+] (\\w+\\.)+[\\w$]+(Exception|Error)\\b");

    private static final Pattern BY_SCRIPT = Pattern.compile("^.*@user_script: ?\\d+: ?-?(?=\\p{Upper})");
    private static final Pattern IN_SCRIPT = Pattern.compile("\\.? script: \\w+, on @user_script:\\d+\\.?$");

    private static final Pattern NO_PRIMARY = Pattern.compile("\\b(CLUSTERDOWN|LOADING|MASTERDOWN|READONLY)\\b");

    private static final Pattern RESET = Pattern.compile("(?i)connection reset|broken pipe");

    private static final String OTHER_TYPE = "WRONGTYPE";
    private static final String CLOSED = "CONNECTION_CLOSED";
    private static final String QUEUE_FULL = "Redis waiting queue is full";

    private RedisFailure() {}

    public static Problem translate(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof TimeoutException) {
            return Problem.unanswered("Redis: no answer in time");
        }
        if (isOfTheWay(failure)) {
            return Problem.unanswered("Redis: " + firstLine(message(failure)));
        }
        if (failure instanceof ErrorType) {
            return ofReply(message(failure));
        }
        return message(failure).equals(QUEUE_FULL)
                ? Problem.overloaded("Redis: too many commands in flight")
                : Problem.unavailable("Redis: " + firstLine(message(failure)));
    }

    /**
     * An error reply of the server. It is a bug in Revoker, unless it describes the server's state, or another program
     * has written to our keys.
     */
    public static Problem ofReply(String message) {
        if (BROKEN.matcher(message).find() || message.contains(CLOSED)) {
            return Problem.unanswered("Redis: connection lost; commands in flight may have been executed");
        }
        String text = "Redis: " + firstLine(message);
        if (PASSING.matcher(message).find()) {
            return Problem.passing(text);
        }
        if (STATE.matcher(message).find()) {
            return Problem.unavailable(text);
        }
        return message.contains(OTHER_TYPE) ? Problem.damaged(text) : Problem.internal(text);
    }

    /** One of several commands was refused, and which one is not known: those before it have been executed. */
    static Problem ofOneOfSeveral(Throwable failure) {
        Problem problem = translate(failure);
        return problem.isPassing() ? Problem.unanswered(problem.text()) : problem;
    }

    /**
     * The failure of work of which an earlier step has written what counts: a repetition would find that, and answer as
     * if another request had written it.
     */
    public static Throwable afterWriting(Throwable failure) {
        return failure instanceof Problem problem && (problem.isPassing() || problem.kind() == Problem.Kind.OVERLOADED)
                ? Problem.unanswered(problem.text())
                : failure;
    }

    /** Whether a key holds a value that another program wrote. */
    public static boolean isOfAnotherType(Throwable failure) {
        return message(failure).contains(OTHER_TYPE);
    }

    /** Whether the server's memory is full: it refuses commands that need more of it, and executes all others. */
    public static boolean isOfFullMemory(Throwable failure) {
        return OUT_OF_MEMORY.matcher(message(failure)).find();
    }

    /** Whether the server answered, and refused at least one command. */
    static boolean isErrorReply(Throwable failure) {
        return failure instanceof ErrorType
                && !message(failure).contains(CLOSED)
                && !BROKEN.matcher(message(failure)).find();
    }

    /**
     * A node of a Cluster that is cut off from the others, or has just become a replica: another node may have its
     * slots.
     */
    static boolean isOfNoPrimary(Throwable failure) {
        return NO_PRIMARY.matcher(message(failure)).find();
    }

    /** A stream has a newer entry (redis.io/commands/xadd). */
    public static boolean isOfOlderEntry(Throwable failure) {
        return message(failure).contains("equal or smaller than");
    }

    static boolean isMissingScript(Throwable failure) {
        return message(failure).contains("NOSCRIPT");
    }

    /** A connection that was not established in time, or was lost while it was. */
    private static boolean isOfTheWay(Throwable failure) {
        return failure instanceof ConnectTimeoutException
                || failure instanceof SslHandshakeTimeoutException
                || failure instanceof ClosedChannelException
                || (failure instanceof IOException
                        && RESET.matcher(message(failure)).find());
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /**
     * Removes the arguments, which Redis quotes in some of its errors, from the first apostrophe on (the name of a
     * setting is not an argument), and the line number of a script.
     */
    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("").replace("'maxmemory'", "maxmemory");
        String said = BY_SCRIPT.matcher(line).replaceFirst("");
        return IN_SCRIPT.matcher(said).replaceFirst("").replaceAll("['`\"].*", "");
    }

    /** A slot of a Cluster was migrating from one node to another in every attempt of a call. */
    public static final class MovingSlot extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MovingSlot(int slot) {
            super("slot " + slot + " is migrating to another node of the Cluster", null, false, false);
        }
    }
}
