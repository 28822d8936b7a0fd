package io.revoker.bus;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;

/** The private addresses of one event loop: the public ones with the loop's name at the end. */
final class LoopAddress {
    /** No event loop has this name. */
    private static final String URGENT = "urgent";

    private final LocalMap<String, Integer> endpoints;
    private final String name;

    private LoopAddress(LocalMap<String, Integer> endpoints, String name) {
        this.endpoints = endpoints;
        this.name = name;
    }

    /** The addresses of this thread's event loop. */
    static LoopAddress of(Vertx vertx) {
        return new LoopAddress(
                vertx.sharedData().getLocalMap("revoker.loops"),
                Thread.currentThread().getName());
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
        return address + '@' + name;
    }
}
