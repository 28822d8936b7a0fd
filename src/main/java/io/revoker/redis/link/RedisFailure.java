package io.revoker.redis.link;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.revoker.domain.Problem;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Translates what the Redis client and the server fail with, once, where it is first seen. */
public final class RedisFailure {
    /** The codes that tell of the state of the server, not of a command or its key. */
    private static final Pattern STATE =
            Pattern.compile("\\b(OOM|LOADING|BUSY|READONLY|MISCONF|NOREPLICAS|MASTERDOWN|CLUSTERDOWN"
                    + "|TRYAGAIN|MOVED|ASK|NOAUTH|WRONGPASS|NOPERM|NOSCRIPT|UNBLOCKED|CONNECTION_CLOSED)\\b");

    private static final Pattern OUT_OF_MEMORY = Pattern.compile("\\bOOM\\b");

    /** How the client tells of a connection that broke under a batch: as an error of the server, with the name of a Java class in it. */
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
            return refusal(message(failure));
        }
        return message(failure).equals(QUEUE_FULL)
                ? Problem.overloaded("Redis: too many commands in flight")
                : Problem.unavailable("Redis: " + firstLine(message(failure)));
    }

    /** An error that the server answered: a fault of ours, unless it tells of the server's state, or that somebody else has written to our keys. */
    public static Problem refusal(String message) {
        if (BROKEN.matcher(message).find() || message.contains(CLOSED)) {
            return Problem.unanswered("Redis: connection lost; what was under way may have been done");
        }
        String text = "Redis: " + firstLine(message);
        if (STATE.matcher(message).find()) {
            return Problem.unavailable(text);
        }
        return message.contains(OTHER_TYPE) ? Problem.damaged(text) : Problem.internal(text);
    }

    /** Whether a key holds what was not written here. */
    public static boolean isOfAnotherType(Throwable failure) {
        return message(failure).contains(OTHER_TYPE);
    }

    /** Whether the server's memory is full: it refuses what takes more of it, and does everything else. */
    public static boolean isOfFullMemory(Throwable failure) {
        return OUT_OF_MEMORY.matcher(message(failure)).find();
    }

    /** Whether the server answered, and refused one command or more. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof ErrorType
                && !message(failure).contains(CLOSED)
                && !BROKEN.matcher(message(failure)).find();
    }

    /** A node of a Cluster that is cut off from the others, or has just become a replica: somebody else may have its slots. */
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

    /** A connection that was not made in time, or was lost while it was made. */
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

    /** Redis quotes arguments in some of its errors, from the first apostrophe on; the name of a setting is none. Of a script it tells the line. */
    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("").replace("'maxmemory'", "maxmemory");
        String said = BY_SCRIPT.matcher(line).replaceFirst("");
        return IN_SCRIPT.matcher(said).replaceFirst("").replaceAll("['`\"].*", "");
    }

    /** A slot of a Cluster was on its way from one node to another for as long as a call was tried. */
    public static final class MovingSlot extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MovingSlot(int slot) {
            super("slot " + slot + " is on its way to another node of the Cluster", null, false, false);
        }
    }
}
