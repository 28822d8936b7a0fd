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
 * What came of all lines of one stream: told in its last line and, in one line for the stream, in the log. A line of the log for each would be most of what is
 * ever logged.
 */
final class StreamSums {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSums.class);

    private final String stream;
    private final Caller caller;
    private final Function<DocumentAnswer, Map<String, Long>> meaning;
    private final Map<String, Long> sums = new LinkedHashMap<>();
    private long lines;

    /**
     * Nothing so far.
     *
     * @param stream what it is a stream of
     * @param names of the sums, all of which are told even if they are 0
     * @param meaning what an answer adds to which of them
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
     * @param fault why the stream was not done as a whole; absent if it was
     */
    ObjectNode summary(Optional<String> fault) {
        ObjectNode summary = JsonNodeFactory.instance.objectNode().put("complete", fault.isEmpty());
        fault.ifPresent(reason -> summary.put("reason", reason));
        summary.put("lines", lines);
        sums.forEach(summary::put);
        return JsonNodeFactory.instance.objectNode().set("summary", summary);
    }

    void log(Optional<String> fault) {
        LoggingEventBuilder line =
                LOG.atInfo().addKeyValue("caller", caller.id()).addKeyValue("lines", lines);
        for (Map.Entry<String, Long> sum : sums.entrySet()) {
            line = line.addKeyValue(sum.getKey(), sum.getValue());
        }
        if (fault.isPresent()) {
            line = line.addKeyValue("failure", fault.get());
        }
        line.log(stream);
    }
}
