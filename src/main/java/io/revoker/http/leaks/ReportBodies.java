package io.revoker.http.leaks;

import io.revoker.config.HttpConfig;
import io.revoker.config.values.DataSize;
import io.revoker.http.request.BodyReader;
import io.revoker.http.request.StrangerBodies;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads reports before it is known who sends them. GitHub wants large numbers of matches to be taken, so a report may
 * be longer than other bodies; but long ones have few places of their own: all together they fill no more memory than
 * the others may, and strangers who take these places keep no short report out. Used by one event loop only.
 *
 * @param shortest what is at most as long as this is read in the usual places
 */
record ReportBodies(StrangerBodies usual, StrangerBodies large, DataSize shortest) {
    /** About 8,000 matches. */
    private static final DataSize LONGEST = DataSize.ofMebibytes(2);

    private static final int MOST_LARGE = 8;

    static ReportBodies of(HttpConfig http) {
        DataSize usual = http.maxBodySize();
        BodyReader large = new BodyReader(
                usual.compareTo(LONGEST) > 0 ? usual : LONGEST, "the most that a report of GitHub may have");
        return new ReportBodies(
                new StrangerBodies(BodyReader.usual(http)), new StrangerBodies(large, MOST_LARGE), usual);
    }

    /** Fails as {@link StrangerBodies#read} does. */
    Future<Buffer> read(HttpServerRequest request) {
        return (isShort(request) ? usual : large).read(request);
    }

    /** How long one without a declared length is, or one that is compressed, is not known. */
    private boolean isShort(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaders.CONTENT_ENCODING)
                && BodyReader.declaredLength(request) <= shortest.bytes();
    }
}
