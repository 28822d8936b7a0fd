package io.revoker.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * HTTP/1.1 by hand, for requests that no client would send. No call waits longer than ten seconds, or than the given
 * patience.
 */
public final class RawConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * An answer as it was on the wire.
     *
     * @param headers by lower-case name; of repeated ones the last
     */
    public record Answer(int status, Map<String, String> headers, String body) {}

    public static RawConnection to(int port) {
        return to(port, PATIENCE);
    }

    public static RawConnection to(int port, Duration patience) {
        try {
            int millis = (int) patience.toMillis();
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the operating system hold no more than about this of what is sent and not yet received. */
    public RawConnection holding(int bytes) {
        try {
            socket.setSendBufferSize(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawConnection send(String latin1) {
        return send(latin1.getBytes(ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) {
        if (!offer(bytes)) {
            throw new UncheckedIOException(new SocketException("closed by the server"));
        }
        return this;
    }

    /** False if the server has closed the connection. */
    public boolean offer(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Says that nothing more will be sent. */
    public void endSending() {
        try {
            socket.shutdownOutput();
        } catch (IOException alreadyClosed) {
            // Then the server knows.
        }
    }

    public Answer exchange(String request) {
        return send(request).read();
    }

    /** The next final answer, to a HEAD request: it announces a body and has none. */
    public Answer readHead() {
        return readFinal(Method.HEAD);
    }

    /** The next final answer; of interim ones only 101 counts as final. Fails if the server closes the connection instead. */
    public Answer read() {
        return readFinal(Method.OTHER);
    }

    /** The next answer, interim or final. */
    public Answer readNext() {
        try {
            return readOne(Method.OTHER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private enum Method {
        HEAD,
        OTHER
    }

    private Answer readFinal(Method method) {
        try {
            Answer answer = readOne(method);
            return answer.status() < 200 && answer.status() != 101 ? readFinal(method) : answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the operating system take no more than about this before it is read. Call it before anything is sent. */
    public RawConnection receiving(int bytes) {
        try {
            socket.setReceiveBufferSize(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes, up to and with this text. */
    public String readUntil(String end) {
        StringBuilder read = new StringBuilder();
        try {
            while (read.indexOf(end, Math.max(0, read.length() - end.length())) < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new EOFException("closed by the server");
                }
                read.append((char) c);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.toString();
    }

    /** That many bytes, as they come. */
    public String readText(int bytes) {
        try {
            return take(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the server closes the connection, by an end or a reset; fails if it doesn't. */
    public String readToEnd() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        try {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                rest.write(piece, 0, n);
            }
        } catch (SocketException reset) {
            return rest.toString(ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rest.toString(ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer readOne(Method method) throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return new Answer(status, headers, method == Method.HEAD ? "" : body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks();
        }
        return take(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(take(size));
            line();
        }
        line();
        return body.toString();
    }

    private String take(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("closed within a body");
        }
        return new String(bytes, ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed by the server");
            }
            line.write(c);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
