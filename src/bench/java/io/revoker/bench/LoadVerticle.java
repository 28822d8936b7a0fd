package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The connections of one event loop. Any answer but a 2xx ends the run. */
final class LoadVerticle extends VerticleBase {
    private final int port;
    private final int connections;
    private final Supplier<Optional<Buffer>> requests;
    private final Promise<Void> done = Promise.promise();

    /**
     * Kept in a field: an unreferenced client closes its connections half a minute after it was collected (Vert.x
     * 5.0.7).
     */
    @SuppressWarnings("NullAway.Init")
    private NetClient client;

    private long answers;
    private int open;
    private long began;
    private long ended;

    LoadVerticle(int port, int connections, Supplier<Optional<Buffer>> requests) {
        this.port = port;
        this.connections = connections;
        this.requests = requests;
    }

    @Override
    public Future<?> start() {
        client = vertx.createNetClient();
        return Future.all(IntStream.range(0, connections)
                        .mapToObj(i -> client.connect(port, "127.0.0.1"))
                        .toList())
                .onSuccess(all -> {
                    began = System.nanoTime();
                    open = connections;
                    all.<NetSocket>list().forEach(this::begin);
                });
    }

    Future<Void> done() {
        return done.future();
    }

    /** Requests a second; to be read when it is done. */
    double rate() {
        return answers * 1e9 / (ended - began);
    }

    private void begin(NetSocket socket) {
        AnswerReader reader = new AnswerReader(ok -> answered(socket, ok));
        socket.handler(reader);
        next(socket);
    }

    private void answered(NetSocket socket, AnswerReader.Outcome outcome) {
        answers++;
        if (outcome == AnswerReader.Outcome.REFUSED) {
            done.tryFail("load: an answer that is not a success");
        }
        next(socket);
    }

    private void next(NetSocket socket) {
        Optional<Buffer> request = requests.get();
        if (request.isPresent()) {
            socket.write(request.get()).onFailure(done::tryFail);
            return;
        }
        socket.close().onFailure(done::tryFail);
        open--;
        if (open == 0) {
            ended = System.nanoTime();
            done.tryComplete();
        }
    }
}
