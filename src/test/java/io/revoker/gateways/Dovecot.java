package io.revoker.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.testing.Call;
import io.revoker.testing.Gateway;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Dovecot as conf/gateways sets it up, but for ports, the owner of mail and the places of its own files. */
final class Dovecot implements AutoCloseable {
    private final Process process;
    private final Path directory;
    private final int port;

    private Dovecot(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    static Dovecot start(int revoker) {
        try {
            Path directory = Gateway.directory();
            int port = RedisProcess.freePort();
            write(directory, "dovecot-oauth2.conf.ext", text -> text.replace(":8080/", ":" + revoker + "/"));
            write(
                    directory,
                    "dovecot.conf",
                    text -> own(directory)
                            + text.replace("8143", Integer.toString(port))
                                    .replace("/etc/dovecot", directory.toString())
                                    .replace("/var/mail", directory + "/mail")
                                    .replace("=vmail gid=vmail", "=nobody gid=nogroup"));
            Files.createDirectory(directory.resolve("mail")).toFile().setWritable(true, /* ownerOnly= */ false);
            Process process = new ProcessBuilder("dovecot", "-F", "-c", directory + "/dovecot.conf")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            Dovecot dovecot = new Dovecot(process, directory, port);
            Waiting.until("Dovecot listens", () -> process.isAlive() && dovecot.isListening(), dovecot::close);
            return dovecot;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String own(Path directory) {
        return "base_dir = " + directory + "/run\nstate_dir = " + directory + "/state\nlog_path = " + directory
                + "/log\n";
    }

    private static void write(Path directory, String name, UnaryOperator<String> change) throws IOException {
        String recipe = Files.readString(Path.of("conf", "gateways", name));
        Files.writeString(directory.resolve(name), change.apply(recipe));
    }

    /** The last line of the answer. */
    String login(String user, String token) {
        String sasl = "n,a=" + user + ",\u0001auth=Bearer " + token + "\u0001\u0001";
        try (Socket socket = connect();
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            in.readLine();
            send(socket, "a AUTHENTICATE OAUTHBEARER " + Call.base64(sasl));
            String line = in.readLine();
            while (line != null && line.startsWith("+")) {
                // The reason of the refusal, which the client confirms (RFC 7628, section 3.2.3).
                send(socket, "AQ==");
                line = in.readLine();
            }
            return String.valueOf(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path place() {
        return directory;
    }

    @Override
    public void close() {
        process.destroy();
        Processes.awaitEnd(process);
    }

    private boolean isListening() {
        try (Socket socket = connect()) {
            return socket.getInputStream().read() == '*';
        } catch (IOException notYet) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
        return socket;
    }

    private static void send(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
    }
}
