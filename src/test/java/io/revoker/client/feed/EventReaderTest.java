package io.revoker.client.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String STREAM = """
            retry: 812
            id: 7

            : a comment
            id: 8
            event: mark
            data: {"a":
            data: "ü"}
            unknown: field

            event: heartbeat
            data:{}

            data
            event: unfinished
            """;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsWhatComesInAnyPieces(String end) throws IOException {
        byte[] bytes = STREAM.replace("\n", end).getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            EventReader reader = new EventReader();
            List<FeedEvent> events = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += size) {
                events.addAll(reader.read(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from))));
            }

            assertThat(events)
                    .containsExactly(
                            new FeedEvent(Optional.of(7L), "", ""),
                            new FeedEvent(Optional.of(8L), "mark", "{\"a\":\n\"ü\"}"),
                            new FeedEvent(Optional.empty(), "heartbeat", "{}"));
        }
    }

    @Test
    void refusesWhatIsNoStampOrHasNoEnd() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new EventReader().read(ByteBuffer.wrap("id: x\n".getBytes(StandardCharsets.UTF_8))))
                .withMessageContaining("an id that is no stamp");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new EventReader().read(ByteBuffer.allocate((1 << 20) + 1)))
                .withMessageContaining("event: longer");
    }
}
