package io.revoker.bench;

import java.io.IOException;
import java.time.Duration;

/** Loads a server over keep-alive connections, with one request at a time on each. */
interface Generator {
    String name();

    /**
     * Requests a second, with the numbers from 0 to {@code count - 1} over and over. Fails if an answer is no success.
     *
     * @param time whole seconds
     */
    double during(Duration time, Template request, int count) throws IOException, InterruptedException;
}
