package io.revoker.faults;

import io.revoker.testing.RawConnection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many connections of an attacker. */
record Crowd(List<RawConnection> connections) implements AutoCloseable {
    private static final byte[] DRIP = {'x'};

    static Crowd of(int size, int port) {
        return new Crowd(
                IntStream.range(0, size).mapToObj(i -> RawConnection.to(port)).toList());
    }

    Crowd send(String beginning) {
        connections.forEach(connection -> connection.send(beginning));
        return this;
    }

    /** One more byte on each that is still open; whether any is. */
    boolean drip() {
        return connections.stream().filter(connection -> connection.offer(DRIP)).count() > 0;
    }

    @Override
    public void close() {
        connections.forEach(RawConnection::close);
    }

    /** Sends something again and again, with a number, as long as the server lets it. */
    static void flood(RawConnection connection, int most, IntFunction<byte[]> frames) {
        for (int i = 0; i < most && connection.offer(frames.apply(i)); i++) {}
    }
}
