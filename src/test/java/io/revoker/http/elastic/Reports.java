package io.revoker.http.elastic;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports that tests render, and how a caller gets to see them. */
final class Reports {
    static final Report ONE = Report.of(new Stamp(1), new Tally(1, 0), List.of());
    static final Report PARTIAL =
            Report.of(new Stamp(1), new Tally(3, 2), List.of("Error invalidating access_token: ", "gone"));

    /** The end of what {@link #ONE} is as JSON. */
    static final String COUNTS = "\"invalidated_tokens\":1,\"previously_invalidated_tokens\":0,\"error_count\":0}";

    private Reports() {}

    static String rendered(Report report, Map<String, String> parameters) {
        return new String(
                ElasticAnswer.of(200, InvalidationBody.of(report), rendering(parameters))
                        .body(),
                StandardCharsets.UTF_8);
    }

    static Rendering rendering(Map<String, String> parameters) {
        return new ElasticParameters(parameters).rendering(Optional.empty(), List.of());
    }
}
