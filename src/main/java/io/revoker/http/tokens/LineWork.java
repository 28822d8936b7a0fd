package io.revoker.http.tokens;

import io.vertx.core.Future;

/** What is done with the lines of one stream. */
interface LineWork {
    /** Does what a line asks for. Never fails: every fault is an answer. */
    Future<DocumentAnswer> line(byte[] line);

    /** What came of the lines so far. */
    StreamSums sums();
}
