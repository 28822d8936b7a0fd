package io.revoker.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way to Redis that closes when a certain text comes along, so that a test can do something between two commands. */
public final class Gate {
    private final Relay way;
    private final List<Runnable> held = new ArrayList<>();
    private Optional<String> closesAt = Optional.empty();

    private Gate(Vertx vertx, String url) {
        this.way = Relay.to(vertx, url, connection -> request -> passOrHold(request, connection));
    }

    public static Gate open(Vertx vertx, String url) {
        return new Gate(vertx, url);
    }

    /** With the password of the server. */
    public String url() {
        return way.url();
    }

    /** From the first command on that holds the text nothing passes. */
    public synchronized void closeAt(String text) {
        closesAt = Optional.of(text.toLowerCase(Locale.ROOT));
    }

    public synchronized boolean isHolding() {
        return !held.isEmpty();
    }

    /** Lets through what is held, and closes again as it was told. */
    public synchronized void pass() {
        held.forEach(Runnable::run);
        held.clear();
    }

    public synchronized void open() {
        closesAt = Optional.empty();
        pass();
    }

    private synchronized void passOrHold(Buffer request, Relay.Connection connection) {
        boolean closes = closesAt.filter(request.toString().toLowerCase(Locale.ROOT)::contains)
                .isPresent();
        if (closes || !held.isEmpty()) {
            held.add(() -> connection.pass(request));
        } else {
            connection.pass(request);
        }
    }
}
