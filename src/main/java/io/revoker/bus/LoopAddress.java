package io.revoker.bus;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.LocalMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The private addresses of one event loop: the public ones with the loop's name at the end. */
final class LoopAddress {
    /** No event loop has this name. */
    private static final String URGENT = "urgent";

    private final LocalMap<String, Integer> endpoints;
    private final LocalMap<String, LoopHandler<?, ?>> handlers;
    private final Thread loop = Thread.currentThread();
    private final String name = loop.getName();
    private final boolean isTraced;

    /** The private address of each public one that was asked for. */
    private final Map<String, String> own = new ConcurrentHashMap<>();

    private LoopAddress(Vertx vertx) {
        this.endpoints = vertx.sharedData().getLocalMap("revoker.loops");
        this.handlers = vertx.sharedData().getLocalMap("revoker.handlers");
        this.isTraced = ((VertxInternal) vertx).tracer() != null;
    }

    /** The addresses of this thread's event loop. */
    static LoopAddress of(Vertx vertx) {
        return new LoopAddress(vertx);
    }

    /** Lets requests of the event loop call a handler of this address directly. */
    void serve(String address, LoopHandler<?, ?> handler) {
        handlers.put(privately(address), handler);
    }

    /** Undoes that, unless another endpoint of the event loop has taken the place. */
    void leave(String address, LoopHandler<?, ?> handler) {
        handlers.removeIfPresent(privately(address), handler);
    }

    /** The handler to call directly; empty on other threads, and if messages are to be traced. */
    Optional<LoopHandler<?, ?>> handler(String address) {
        return isTraced || Thread.currentThread() != loop
                ? Optional.empty()
                : Optional.ofNullable(handlers.get(address));
    }

    /** Adds an endpoint that serves on the event loop. */
    void serve() {
        join(name);
    }

    /** Removes one of them. */
    void leave() {
        leave(name);
    }

    /** Adds an endpoint that serves urgent requests. */
    void serveUrgent() {
        join(URGENT);
    }

    /** Removes one of these. */
    void leaveUrgent() {
        leave(URGENT);
    }

    private void join(String servers) {
        endpoints.merge(servers, 1, Integer::sum);
    }

    private void leave(String servers) {
        endpoints.computeIfPresent(servers, (same, count) -> count > 1 ? count - 1 : null);
    }

    /** Whether any endpoint serves in this Vert.x now: then no request need leave it. */
    boolean isServedHere() {
        return !endpoints.isEmpty();
    }

    /** The address for urgent requests: the urgent endpoint if there is one, else the nearest. */
    String urgent(String address) {
        return endpoints.containsKey(URGENT) ? urgently(address) : nearest(address);
    }

    String urgently(String address) {
        return address + '@' + URGENT;
    }

    /** The address to send to: the private address if an endpoint serves on the event loop now, else the public one. */
    String nearest(String address) {
        return endpoints.containsKey(name) ? privately(address) : address;
    }

    String privately(String address) {
        return own.computeIfAbsent(address, key -> key + '@' + name);
    }
}
