package io.revoker.http;

/**
 * A route that is called so often that the cost of the router would matter. It matches the path as it was sent, and is
 * counted and timed like all others.
 */
public interface DirectRoute {
    /** Its path, as metrics and traces name it; with {@code /*} at the end if it has everything below, too. */
    String name();

    boolean isFor(String path);

    /** Ends the exchange now or later. */
    void answer(Exchange exchange);

    /** Ends the exchange: it can't be answered now. */
    void refuse(Exchange exchange);
}
