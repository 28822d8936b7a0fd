package io.revoker.faults;

import io.revoker.faults.Lane.Pace;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;

/** A connection through a {@link FaultProxy}. */
final class Wire {
    private final int number;
    private final NetSocket client;
    private final NetSocket server;
    private final Lane requests;
    private final Lane replies;
    private Behaviour behaviour = Behaviour.PASS;

    Wire(int number, Vertx vertx, NetSocket client, NetSocket server) {
        this.number = number;
        this.client = client;
        this.server = server;
        this.requests = new Lane(vertx, server);
        this.replies = new Lane(vertx, client);
        client.handler(requests::arrive);
        server.handler(this::reply);
    }

    /** How many came before it. */
    int number() {
        return number;
    }

    void behave(Behaviour next) {
        behaviour = next;
        requests.go(next == Behaviour.HOLD_REQUESTS ? Pace.STILL : pace(next));
        replies.go(next == Behaviour.HOLD_REPLIES ? Pace.STILL : pace(next));
    }

    private static Pace pace(Behaviour behaviour) {
        return switch (behaviour) {
            case HALF_OPEN -> Pace.STILL;
            case DELAY -> Pace.LATE;
            case THROTTLE -> Pace.DRIP;
            case PASS, REFUSE, TRUNCATE, HOLD_REQUESTS, HOLD_REPLIES -> Pace.FAST;
        };
    }

    private void reply(Buffer bytes) {
        if (behaviour == Behaviour.TRUNCATE) {
            replies.arrive(bytes.slice(0, bytes.length() / 2));
            end();
        } else {
            replies.arrive(bytes);
        }
    }

    void onEnd(Runnable action) {
        for (NetSocket socket : List.of(client, server)) {
            socket.exceptionHandler(broken -> {});
            socket.closeHandler(closed -> {
                end();
                action.run();
            });
        }
    }

    /** Both sides see it. */
    void end() {
        client.close().onFailure(closed -> {});
        server.close().onFailure(closed -> {});
    }
}
