package io.revoker.http.ssf;

import io.revoker.bus.StreamBus;
import io.revoker.caller.Callers;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamRequests.Attend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the streams of clients that are not in the client file any more, or have lost the privilege: no client can.
 * Instances may have different files for a while, so one that has the client keeps them.
 *
 * @param longest for how long no instance has to have had the client
 */
public record AbandonedStreams(StreamBus bus, Callers callers, Duration longest) {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedStreams.class);

    /** To be called with all streams, now and then. */
    public void attend(List<EventStream> all) {
        all.forEach(stream -> bus.attend(new Attend(stream.id(), unknown(stream)))
                .onSuccess(attended -> {
                    if (attended.removed()) {
                        log(stream);
                    }
                })
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", Problem.of(failure).text())
                        .log("stream not attended")));
    }

    private Optional<Duration> unknown(EventStream stream) {
        return callers.named(stream.caller())
                        .filter(caller -> caller.may(Privilege.FEED))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(longest);
    }

    private void log(EventStream stream) {
        LOG.atWarn()
                .addKeyValue("caller", stream.caller())
                .addKeyValue("stream", stream.id())
                .addKeyValue("unknown_for", longest)
                .log("stream removed, its client is not there any more");
    }
}
