package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.caller.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The sums of the results of all lines of one stream. They are in its last line and, in one line per stream, in the
 * log: one log line for each result would flood the log.
 */
final class StreamSums {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSums.class);

    private final String stream;
    private final Caller caller;
    private final Function<DocumentAnswer, Map<String, Long>> meaning;
    private final Map<String, Long> sums = new LinkedHashMap<>();
    private long lines;

    /**
     * Begins with zeros.
     *
     * @param stream what it is a stream of
     * @param names of the sums; all of them appear, even if they are 0
     * @param meaning what an answer adds to which sums
     */
    StreamSums(String stream, Caller caller, List<String> names, Function<DocumentAnswer, Map<String, Long>> meaning) {
        this.stream = stream;
        this.caller = caller;
        this.meaning = meaning;
        names.forEach(name -> sums.put(name, 0L));
    }

    void count(DocumentAnswer answer) {
        lines++;
        meaning.apply(answer).forEach((name, more) -> sums.merge(name, more, Long::sum));
    }

    /**
     * The last line: the only one with the field {@code summary}, and the only one without a status.
     *
     * @param problem why the stream was not processed completely; absent if it was
     */
    ObjectNode summary(Optional<String> problem) {
        ObjectNode summary = JsonNodeFactory.instance.objectNode().put("complete", problem.isEmpty());
        problem.ifPresent(reason -> summary.put("reason", reason));
        summary.put("lines", lines);
        sums.forEach(summary::put);
        return JsonNodeFactory.instance.objectNode().set("summary", summary);
    }

    void log(Optional<String> problem) {
        LoggingEventBuilder line =
                LOG.atInfo().addKeyValue("caller", caller.id()).addKeyValue("lines", lines);
        for (Map.Entry<String, Long> sum : sums.entrySet()) {
            line = line.addKeyValue(sum.getKey(), sum.getValue());
        }
        if (problem.isPresent()) {
            line = line.addKeyValue("failure", problem.get());
        }
        line.log(stream);
    }
}
