package io.revoker.redis.link;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * A command, and a key that determines the server to send it to.
 *
 * @param key one of its keys; all of them share a slot, unless it is only sent to a server that has all slots
 * @param name of its script or its command
 * @param place with which others it may be sent as one
 * @param keys of a script, how many there are
 */
public record Call(String key, Request request, String name, Place place, int keys) {
    public Call(String key, Request request) {
        this(key, request, name(request.command()), Place.ALONE, 1);
    }

    /** With which others a call may be sent as one. */
    enum Place {
        /** Scripts of a {@link Group}. */
        GROUP,
        /** None. */
        ALONE
    }

    static String name(Command command) {
        return command.toString();
    }

    /** A call without its other arguments yet. */
    public static Call of(Command command, String key) {
        return new Call(key, Request.cmd(command).arg(key));
    }

    public Call arg(String argument) {
        request.arg(argument);
        return this;
    }

    /** As text: Vert.x 5.0.7 sends a zero byte before some numbers of 15 digits and more. */
    public Call arg(long argument) {
        return arg(Long.toString(argument));
    }

    public Call arg(byte[] argument) {
        request.arg(argument);
        return this;
    }

    /** The same, in no group. */
    Call alone() {
        return new Call(key, request, name, Place.ALONE, keys);
    }
}
