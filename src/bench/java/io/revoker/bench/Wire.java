package io.revoker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A blocking connection: as little as possible between a request and its answer. Knows Content-Length only. */
record Wire(Socket socket, InputStream in) implements AutoCloseable {
    private static final String LENGTH = "content-length: ";

    /** An answer. */
    record Answer(int status, Buffer body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body.getBytes());
        }
    }

    static Wire open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return new Wire(socket, new BufferedInputStream(socket.getInputStream()));
    }

    Answer call(Buffer request) throws IOException {
        send(request);
        return receive();
    }

    /** A command of Redis, whose reply is one line. */
    String command(String words) throws IOException {
        send(Buffer.buffer(words + "\r\n"));
        return line();
    }

    void send(Buffer request) throws IOException {
        socket.getOutputStream().write(request.getBytes());
    }

    Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ", -1)[1]);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()));
            }
        }
        return new Answer(status, Buffer.buffer(in.readNBytes(length)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        Buffer line = Buffer.buffer();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection: closed by the server");
            }
            line.appendByte((byte) next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
