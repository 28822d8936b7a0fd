package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.http.elastic.MediaType.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request, put through the checks in the order of the wire; whatever passes all of them is answered with one invalidated token. */
record Exchange(List<String> contentTypes, Map<String, String> query, String body) {
    static final String PATH = "/_security/oauth2/token";
    static final Report ONE = Report.of(new Stamp(1), new Tally(1, 0), List.of());

    static Exchange json(String body) {
        return new Exchange(List.of("application/json"), Map.of(), body);
    }

    Exchange typed(String... types) {
        return new Exchange(List.of(types), query, body);
    }

    Exchange with(String parameter, String value) {
        Map<String, String> more = new HashMap<>(query);
        more.put(parameter, value);
        return new Exchange(contentTypes, more, body);
    }

    ElasticAnswer answer() {
        ElasticParameters parameters = new ElasticParameters(query);
        Rendering rendering;
        try {
            rendering = parameters.rendering(Optional.empty(), contentTypes);
        } catch (ElasticError fault) {
            return ElasticAnswer.of(fault, Rendering.DEFAULT);
        }
        return answer(parameters, rendering);
    }

    private ElasticAnswer answer(ElasticParameters parameters, Rendering rendering) {
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            WireFormat format = MediaTypes.ofRequest(contentTypes, bytes.length);
            ParsedRequest parsed = InvalidateRequestParser.parse(bytes, format);
            parameters.requireKnown(PATH);
            assertThat(parsed.validate()).isNotNull();
            return ElasticAnswer.of(200, InvalidationBody.of(ONE), rendering);
        } catch (ElasticError fault) {
            return ElasticAnswer.of(fault, rendering);
        }
    }
}
