package io.revoker.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes down the calls that a sweep makes of one server, as MONITOR tells them. */
final class Monitor implements AutoCloseable {
    private static final String CALL = "\"evalsha\" ";
    private static final String TOTALS = "\"rv:s:";
    private static final String END = "end of what is monitored";

    private final Socket socket;
    private final BufferedReader lines;
    private final CompletableFuture<List<List<String>>> calls;

    private Monitor(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.lines = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 20);
        socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.ISO_8859_1));
        if (!"+OK".equals(lines.readLine())) {
            throw new IOException("monitor: refused");
        }
        this.calls = CompletableFuture.supplyAsync(this::read);
    }

    static Monitor start(int port) throws IOException {
        return new Monitor(port);
    }

    /** All calls until now, each in words. */
    List<List<String>> calls(RedisConsole console) throws InterruptedException {
        console.call("ECHO", END);
        return calls.join();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private List<List<String>> read() {
        List<List<String>> read = new ArrayList<>();
        try {
            for (String line = lines.readLine(); !line.contains(END); line = lines.readLine()) {
                int call = line.indexOf('"');
                if (line.regionMatches(true, call, CALL, 0, CALL.length()) && line.contains(TOTALS)) {
                    read.add(List.of(line.substring(call + 1, line.length() - 1).split("\" \"", -1)));
                }
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
