package io.revoker.redis.link;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * A command, and a key that determines the server to send it to.
 *
 * @param key one of its keys; all of them share a slot
 * @param name of its script or its command
 */
public record Call(String key, Request request, String name) {
    public Call(String key, Request request) {
        this(key, request, name(request.command()));
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
}
