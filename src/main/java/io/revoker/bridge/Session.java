package io.revoker.bridge;

import io.revoker.bridge.BridgeRequests.RequestFailure;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.http.Gate;
import io.revoker.http.InFlightLimit;
import io.revoker.http.ProblemDetails;
import io.revoker.http.feed.FeedEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One connection. It has one caller, by the credentials of its first message that has some; further messages need none.
 * Frames are read one after another, and none as long as the client does not read. A client that falls behind with the
 * events gets a reset, and does not hold memory. Used by one event loop only.
 */
final class Session {
    static final String EVENTS = "revocation.v1.events";
    static final String HEARTBEAT = "revocation.v1.heartbeat";
    private static final Set<String> PUBLISHED = Set.of(EVENTS, HEARTBEAT);

    /** Requests without an answer. */
    private static final int MOST = 64;

    private static final String WAY = "bridge";
    private static final String DENIED = "access_denied";
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNKNOWN = 404;

    private final String address;
    private final SocketWriter writer;
    private final FrameReader reader;
    private final Gate gate;
    private final InFlightLimit inFlight;
    private final BridgeRequests requests;
    private final Set<String> registered = new HashSet<>();
    private Optional<Caller> caller = Optional.empty();
    private String shown = "";
    private int unanswered;
    private boolean identifying;
    private boolean leaving;

    /** What all connections of an event loop share. */
    record Ports(Gate gate, InFlightLimit inFlight, BridgeRequests requests, int maxFrameSize) {}

    Session(NetSocket socket, Ports ports) {
        this.address = socket.remoteAddress().hostAddress();
        this.writer = new SocketWriter(socket, this::flow);
        this.gate = ports.gate();
        this.inFlight = ports.inFlight();
        this.requests = ports.requests();
        this.reader = new FrameReader(socket, ports.maxFrameSize(), this::read, this::refuse);
        socket.shutdownHandler(ending -> leave());
    }

    void begin() {
        writer.begin();
        reader.begin();
    }

    /** Whether it is known who it is. */
    boolean isIdentified() {
        return caller.isPresent();
    }

    private void read(Buffer bytes) {
        Frame frame;
        try {
            frame = Frame.read(bytes);
        } catch (Problem problem) {
            fail(Optional.empty(), problem);
            return;
        }
        if (frame.type() == Frame.Type.PING) {
            write(Frames.PONG);
        } else if (caller.isEmpty()) {
            identify(frame);
        } else if (frame.authorization().isEmpty() || frame.authorization().equals(shown)) {
            act(frame, caller.get());
        } else {
            refuse(Optional.of(frame), FORBIDDEN, "Authorization: another one (expected: one client a connection)");
        }
    }

    /** Without a file of clients everyone is known, also without credentials. */
    private void identify(Frame frame) {
        identifying = true;
        flow();
        gate.authenticate(frame.headers(), Frame.AUTHORIZATION).onComplete(known -> {
            identifying = false;
            if (known.failed()) {
                fail(Optional.of(frame), known.cause());
            } else if (known.result() instanceof Authentication.Authenticated authenticated) {
                caller = Optional.of(authenticated.caller().at(address, WAY));
                shown = frame.authorization();
                act(frame, caller.get());
            } else {
                refuse(Optional.of(frame), UNAUTHENTICATED, "Authorization: no client (expected: Basic or ApiKey)");
            }
            flow();
        });
    }

    private void act(Frame frame, Caller by) {
        switch (frame.type()) {
            case SEND -> request(frame, by);
            case REGISTER -> register(frame, by);
            case UNREGISTER -> unregister(frame);
            case PUBLISH, PING -> error(frame, FORBIDDEN, DENIED);
        }
    }

    private void register(Frame frame, Caller by) {
        if (PUBLISHED.contains(frame.address()) && gate.lets(by, Privilege.FEED)) {
            registered.add(frame.address());
        } else {
            error(frame, FORBIDDEN, DENIED);
        }
    }

    private void unregister(Frame frame) {
        if (!registered.remove(frame.address())) {
            error(frame, UNKNOWN, "unknown_address");
        }
    }

    private void request(Frame frame, Caller by) {
        Optional<BridgeRequests.Entry> entry = requests.at(frame.address());
        if (entry.isEmpty() || !gate.lets(by, entry.get().privilege())) {
            error(frame, FORBIDDEN, DENIED);
        } else if (leaving || !inFlight.enter()) {
            fail(Optional.of(frame), Problem.overloaded("requests: too many in flight (expected: a retry)"));
        } else {
            unanswered++;
            flow();
            Future.succeededFuture()
                    .compose(begun -> entry.get().work().answer(frame, by))
                    .onComplete(answer -> answered(frame, answer));
        }
    }

    private void answered(Frame frame, AsyncResult<BridgeRequests.Reply> answer) {
        inFlight.leave();
        unanswered--;
        if (answer.failed()) {
            fail(Optional.of(frame), answer.cause());
        } else {
            frame.reply()
                    .ifPresent(address -> write(Frames.reply(
                            address, answer.result().status(), answer.result().json())));
        }
        flow();
        if (leaving && unanswered == 0) {
            close();
        }
    }

    /** What has happened. */
    void events(List<FeedEvent> events, Stamp upTo) {
        if (registered.contains(EVENTS)) {
            writer.publish(EVENTS, events, caller.orElseThrow().realms(), upTo);
        }
    }

    void beat(Buffer json) {
        if (registered.contains(HEARTBEAT) && !writer.isFull()) {
            write(Frames.published(HEARTBEAT, json));
        }
    }

    /** Closes it if its client has taken nothing for so long. */
    void closeIfStuckFor(Duration patience) {
        if (writer.isStuckFor(patience)) {
            writer.cut();
        }
    }

    private void fail(Optional<Frame> frame, Throwable failure) {
        ProblemDetails details = RequestFailure.of(failure);
        write(Frames.error(frame, details.status(), details.detail()));
    }

    private void error(Frame frame, int code, String message) {
        write(Frames.error(Optional.of(frame), code, message));
    }

    /** The last that it gets. */
    private void refuse(Optional<Frame> frame, int code, String message) {
        writer.end(Frames.error(frame, code, message));
    }

    private void write(Buffer frame) {
        writer.write(frame);
    }

    /** What has begun is answered; what comes later is not. */
    private void leave() {
        leaving = true;
        if (unanswered == 0) {
            close();
        }
    }

    void close() {
        writer.close();
    }

    private void flow() {
        reader.flow(!identifying && unanswered < MOST && !writer.isFull());
    }
}
