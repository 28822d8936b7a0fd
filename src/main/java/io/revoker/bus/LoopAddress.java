package io.revoker.bus;

import io.vertx.core.Vertx;
import java.util.Set;

/** The private addresses of one event loop: the public ones with the loop's name behind them. */
final class LoopAddress {
    private static final String LOOPS = "revoker.loops";

    private final String suffix;

    private LoopAddress(String suffix) {
        this.suffix = suffix;
    }

    /** The addresses of this thread's event loop, or the public ones if nobody serves on it. */
    static LoopAddress of(Vertx vertx) {
        String name = Thread.currentThread().getName();
        return new LoopAddress(served(vertx).contains(name) ? suffix(name) : "");
    }

    /** Says that this thread's event loop is served from now on. */
    static LoopAddress serve(Vertx vertx) {
        String name = Thread.currentThread().getName();
        vertx.sharedData().<String, Boolean>getLocalMap(LOOPS).put(name, true);
        return new LoopAddress(suffix(name));
    }

    String of(String address) {
        return address + suffix;
    }

    private static Set<String> served(Vertx vertx) {
        return vertx.sharedData().<String, Boolean>getLocalMap(LOOPS).keySet();
    }

    private static String suffix(String name) {
        return "@" + name;
    }
}
