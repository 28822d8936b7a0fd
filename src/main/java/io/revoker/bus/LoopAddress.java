package io.revoker.bus;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;

/** The private addresses of one event loop: the public ones with the loop's name behind them. */
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

    /** Says that one endpoint more serves on the event loop. */
    void serve() {
        join(name);
    }

    /** Says that one of them serves no more. */
    void leave() {
        leave(name);
    }

    /** Says that one endpoint more serves what is urgent. */
    void serveUrgent() {
        join(URGENT);
    }

    /** Says that one of these serves no more. */
    void leaveUrgent() {
        leave(URGENT);
    }

    private void join(String servers) {
        endpoints.merge(servers, 1, Integer::sum);
    }

    private void leave(String servers) {
        endpoints.computeIfPresent(servers, (same, count) -> count > 1 ? count - 1 : null);
    }

    /** Where to ask for what is urgent: the endpoint for that if there is one, else the nearest. */
    String urgent(String address) {
        return endpoints.containsKey(URGENT) ? urgently(address) : nearest(address);
    }

    String urgently(String address) {
        return address + '@' + URGENT;
    }

    /** Where to ask: the private address if somebody serves on the event loop now, else the public one. */
    String nearest(String address) {
        return endpoints.containsKey(name) ? privately(address) : address;
    }

    String privately(String address) {
        return address + '@' + name;
    }
}
