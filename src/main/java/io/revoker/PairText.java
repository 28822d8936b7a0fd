package io.revoker;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/** {@code %pairs} in a pattern of Logback: what a line says beside its message, each {@code key=value} behind a blank. */
public final class PairText extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        List<KeyValuePair> pairs = Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
        return pairs.stream().map(pair -> " " + pair.key + "=" + pair.value).collect(Collectors.joining());
    }
}
