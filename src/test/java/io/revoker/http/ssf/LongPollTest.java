package io.revoker.http.ssf;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls that wait for an event, longer than a test does. */
class LongPollTest {
    private static RunningService other;
    private static String[] options;
    private static RunningService service;
    private static Transmitting to;
    private static Receiver receiver;

    @BeforeAll
    static void start(@TempDir Path directory) {
        options = Transmitting.options(directory, "--ssf.verification-interval=0s", "--ssf.poll-timeout=60s");
        service = RunningService.start(options);
        other = RunningService.start(options);
        to = new Transmitting(service);
        receiver = to.receiver();
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
    }

    @AfterEach
    void removeStreams() {
        to.removeStreams();
    }

    @Test
    void waitsForAnEvent() {
        String stream = receiver.stream();
        CompletableFuture<Reply> waiting =
                receiver.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
        Waiting.until("waits", () -> service.inFlight() > 0);

        List<String> users = to.revokeSome(1);

        assertThat(receiver.read(waiting.join()).users()).isEqualTo(users);
    }

    @Test
    void waitsForAnEventThatComesThroughAnotherInstance() {
        String stream = receiver.stream();
        CompletableFuture<Reply> waiting =
                receiver.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
        Waiting.until("waits", () -> service.inFlight() > 0);

        assertThat(new Receiver(other, Transmitting.FOLLOWER)
                        .send("POST", "/ssf/verify", "{'stream_id':'" + stream + "','state':'s'}")
                        .status())
                .isEqualTo(204);

        assertThat(receiver.read(waiting.join()).all().get(0).required("events").has(Receiver.VERIFICATION))
                .isTrue();
    }

    /** On one event loop, where they meet. */
    @Test
    void answersAnEarlierPollWhenALaterOneWaits() {
        String stream = receiver.stream();
        try (RunningService single = RunningService.start(Transmitting.with(options, "--runtime.instances=1"))) {
            Receiver there = new Receiver(single, Transmitting.FOLLOWER);
            CompletableFuture<Reply> earlier =
                    there.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();
            Waiting.until("waits", () -> single.inFlight() == 1);
            CompletableFuture<Reply> later =
                    there.call("POST", "/ssf/poll/" + stream).json("{}").sendAsync();

            assertThat(there.read(earlier.join()).sets()).isEmpty();

            to.revokeSome(1);
            assertThat(there.read(later.join()).sets()).hasSize(1);
        }
    }

    @Test
    void answersAPollWhenTheServiceEnds() {
        String stream = receiver.stream();
        RunningService ending = RunningService.start(options);
        CompletableFuture<Reply> poll = new Receiver(ending, Transmitting.FOLLOWER)
                .call("POST", "/ssf/poll/" + stream)
                .json("{}")
                .sendAsync();
        Waiting.until("waits", () -> ending.inFlight() > 0, ending::close);

        ending.close();

        assertThat(poll.join().body()).isEqualTo("{\"sets\":{},\"moreAvailable\":false}");
    }
}
