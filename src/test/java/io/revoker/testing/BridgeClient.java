package io.revoker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

/** A client of the TCP event bus bridge, with nothing but a socket. */
public final class BridgeClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private BridgeClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** A service with a bridge, and with the clients of {@link ClientFiles}. */
    public static RunningService service(String... options) {
        return RunningService.start(Stream.concat(
                        Stream.of("--bridge.enabled=true", "--bridge.port=0", ClientFiles.option()), Stream.of(options))
                .toArray(String[]::new));
    }

    public static BridgeClient to(RunningService service) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    service.service().bridgePort().orElseThrow()));
            return new BridgeClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections to its bridge that it has not closed. */
    public static int connections(RunningService service) {
        return OpenConnections.to(service.service().bridgePort().orElseThrow());
    }

    /** A frame with the text, in which ' stands for ". */
    public BridgeClient send(String json) {
        return raw(frame(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    /** The same with the credentials of a client of {@link ClientFiles}. */
    public BridgeClient sendAs(String client, String json) {
        return send(json.replaceFirst(
                "\\{", "{'headers':{'Authorization':'Basic " + Call.base64(client + ":" + ClientFiles.SECRET) + "'},"));
    }

    /** A request, and the body of its answer. */
    public JsonNode ask(String address, String body) {
        JsonNode answer =
                exchange("{'type':'send','address':'" + address + "','replyAddress':'r','body':" + body + "}");
        if (!answer.path("type").asText().equals("message")) {
            throw new AssertionError(answer.toString());
        }
        return answer.path("body");
    }

    public JsonNode exchange(String json) {
        return send(json).next();
    }

    public BridgeClient raw(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] frame(byte[] json) {
        byte[] frame = new byte[Integer.BYTES + json.length];
        java.nio.ByteBuffer.wrap(frame).putInt(json.length).put(json);
        return frame;
    }

    /** The next frame. */
    public JsonNode next() {
        try {
            return JSON.readTree(in.readNBytes(in.readInt()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has closed the connection, without another frame. */
    public boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
