package io.revoker.http;

/**
 * A route that is asked so often that the router's part of the work would count. It looks at the path as it was sent, and is counted and timed like
 * all others.
 */
public interface DirectRoute {
    /** Its path, as a description names it; with {@code /*} behind it if it has everything below, too. */
    String name();

    boolean isFor(String path);

    /** Ends the exchange now or later. */
    void answer(Exchange exchange);

    /** Ends the exchange: it can't be answered now. */
    void refuse(Exchange exchange);
}
