package io.revoker.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.revoker.testing.Jvm;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EmbeddedRedisTest {
    private final Path directory = RedisServers.directory().resolve("data");

    @Test
    void keepsItsDataWhenItIsStartedAgain() throws IOException {
        try (EmbeddedRedis server = start(0)) {
            call(server, "SET", "key", "value");
        }

        try (EmbeddedRedis server = start(0)) {
            assertThat(call(server, "GET", "key")).isEqualTo("value");
        }
    }

    @Test
    void refusesWritesInsteadOfEvictingWhenItsMemoryIsFull() throws IOException {
        EmbeddedRedis.Settings small = new EmbeddedRedis.Settings(directory, 0, "everysec", 8L << 20);
        try (EmbeddedRedis server = EmbeddedRedis.start(small);
                RedisClient client = RedisClient.of(server.url())) {
            client.call("SET", "first", "value");
            AtomicInteger keys = new AtomicInteger();
            Waiting.until(
                    "memory full",
                    () -> client.call("SET", "key" + keys.incrementAndGet(), "x".repeat(100_000))
                            .toString()
                            .startsWith("-OOM"));

            assertThat(client.call("GET", "first")).isEqualTo("value");
            assertThat(client.number("EXISTS", "key1")).isEqualTo(1);
        }
    }

    @Test
    void listensOnThisHostOnlyAndNamesItsPort() throws IOException {
        int port = RedisProcess.freePort();
        try (EmbeddedRedis server = start(port)) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.url()).startsWith("redis://revoker:").endsWith("@127.0.0.1:" + port);
            assertThat(call(server, "CONFIG", "GET", "bind").toString()).contains("127.0.0.1");
        }
    }

    @Test
    void refusesWhoeverHasNoPassword() throws IOException {
        try (EmbeddedRedis server = start(0);
                RedisClient stranger = RedisClient.await(server.port())) {
            assertThat(stranger.call("SET", "key", "value")).asString().startsWith("-NOAUTH");
            assertThat(stranger.call("AUTH", "")).asString().startsWith("-WRONGPASS");
        }
    }

    @Test
    void keepsItsPasswordInFilesOfItsOwnerOnly() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("redis.conf"), "# of an older version, readable for all\n");
        try (LogCapture log = LogCapture.open(Level.TRACE);
                EmbeddedRedis server = start(0)) {
            String password = password();
            assertThat(server.url()).contains(password);
            assertThat(password).matches("[0-9a-f]{64}");
            assertThat(String.join("\n", log.lines())).doesNotContain(password);
            assertThat(process().info().commandLine())
                    .hasValueSatisfying(line -> assertThat(line).doesNotContain(password));
            assertThat(readableForOthers(password)).isEmpty();
        }
    }

    @Test
    void keepsItsPasswordWhenItIsStartedAgain() throws IOException {
        start(0).close();
        String password = password();

        start(0).close();

        assertThat(password()).isEqualTo(password);
    }

    @Test
    void makesAnotherPasswordIfThatIsIncomplete() throws IOException {
        start(0).close();
        Files.writeString(directory.resolve("redis.password"), password().substring(1));

        try (EmbeddedRedis server = start(0)) {
            assertThat(password()).hasSize(64);
            assertThat(call(server, "PING")).isEqualTo("PONG");
        }
    }

    @Test
    void endsWithItsService() throws IOException {
        ProcessHandle process;
        try (EmbeddedRedis server = start(0)) {
            process = process();
            assertThat(call(server, "PING")).isEqualTo("PONG");
        }

        assertThat(process.info().command()).isEmpty();
    }

    @Test
    void isStartedAgainWhenItDiesAlsoAfterItHasDisconnectedItsClients() throws IOException {
        try (EmbeddedRedis server = start(0)) {
            ProcessHandle first = process();
            try (RedisClient client = RedisClient.of(server.url())) {
                client.call("SET", "key", "value");
                Waiting.until("watched", () -> clients(client) == 2);
                assertThat(client.number("CLIENT", "KILL", "TYPE", "normal")).isEqualTo(1);
                Waiting.until("watched again", () -> clients(client) == 2);
                first.destroyForcibly();
                Waiting.until("dead", () -> ServerProcesses.hasEnded(first));
            }

            try (RedisClient client = RedisClient.of(server.url())) {
                Waiting.until("started again", () -> "value".equals(client.call("GET", "key")));
            }

            assertThat(process().pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void takesTheDirectoryOverFromAServiceThatWasKilled() throws IOException, InterruptedException {
        Process service = orphanMaker();
        long orphan = orphanOf(service);

        try (EmbeddedRedis server = start(0)) {
            assertThat(ProcessHandle.of(orphan).flatMap(handle -> handle.info().command()))
                    .isEmpty();
            assertThat(call(server, "GET", "key")).isEqualTo("value");
        }
    }

    @Test
    void leavesAForeignServerAloneThatHasThePidOfTheOldOne() throws IOException {
        start(0).close();
        try (RedisProcess foreign = RedisProcess.start(RedisServers.executable(), RedisServers.directory())) {
            long pid = pidOf(foreign);
            Files.writeString(directory.resolve("redis.pid"), pid + "\n");

            try (EmbeddedRedis server = start(0)) {
                assertThat(call(server, "PING")).isEqualTo("PONG");
                assertThat(ProcessHandle.of(pid).orElseThrow().isAlive()).isTrue();
            }
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() throws IOException {
        try (EmbeddedRedis first = start(0)) {
            assertThatIOException()
                    .isThrownBy(() -> start(0))
                    .withMessage(
                            "redis.embedded.directory: %s is in use by another service"
                                    + " (expected: a directory of its own, or --redis.embedded.join=true to share its Redis)",
                            directory);

            assertThat(call(first, "PING")).isEqualTo("PONG");
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIOException()
                    .isThrownBy(() -> start(taken.getLocalPort()))
                    .withMessage("redis.embedded.port: %d is taken (expected: a free port)", taken.getLocalPort());
        }

        start(0).close();
    }

    @Test
    void refusesToTakeAnotherServerForItsOwn() {
        try (RedisProcess foreign = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
                RedisClient client = foreign.client()) {
            int port = Integer.parseInt(foreign.url().substring(foreign.url().lastIndexOf(':') + 1));

            assertThatIOException().isThrownBy(() -> start(port)).withMessageContaining("is taken");

            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void refusesADirectoryThatCannotBe() throws IOException {
        Path file = Files.createFile(RedisServers.directory().resolve("file"));

        assertThatIOException()
                .isThrownBy(() -> EmbeddedRedis.start(new EmbeddedRedis.Settings(file.resolve("data"), 0, "always", 0)))
                .withMessageStartingWith("redis.embedded.directory: ");
    }

    @Test
    void saysSoIfItsFilesAreDamaged() throws IOException {
        start(0).close();
        Files.writeString(directory.resolve("appendonly.aof"), "this is no append-only file");

        assertThatThrownBy(() -> start(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("redis.log");
    }

    @Test
    void runsAProgramOfTheMachine() throws IOException {
        Path program = Files.copy(builtIn(), RedisServers.directory().resolve("another-redis"));
        ProcessHandle process;
        try (EmbeddedRedis server = startWith(program)) {
            process = process();
            assertThat(call(server, "SET", "key", "value")).isEqualTo("OK");
            assertThat(process.info().command()).hasValue(directory.toRealPath() + "/bin/redis-server");
        }
        assertThat(ServerProcesses.hasEnded(process)).isTrue();
        try (EmbeddedRedis server = startWith(program)) {
            assertThat(call(server, "GET", "key")).isEqualTo("value");
        }
    }

    /** Redis 7.0.15 reads what a script wrote as the default user, who can't log in, and drops it if he may not write. */
    @Test
    void keepsWhatAScriptHasWritten() throws IOException {
        Path program = RedisServers.executable();
        try (EmbeddedRedis server = startWith(program)) {
            call(server, "EVAL", "redis.call('SET', 'a', 'b') return redis.call('SET', 'c', 'd')", "0");
        }
        try (EmbeddedRedis server = startWith(program)) {
            assertThat(call(server, "GET", "a")).isEqualTo("b");
            assertThat(call(server, "GET", "c")).isEqualTo("d");
        }
    }

    @Test
    void findsAProgramByItsNameOnly() {
        assertThatIOException()
                .isThrownBy(() -> startWith(Path.of("no-such-redis-server")))
                .withMessage("redis.embedded.binary: no-such-redis-server (expected: an executable redis-server)");
        assertThatIOException()
                .isThrownBy(() -> startWith(Path.of("true")))
                .withMessageMatching(
                        "redis.embedded.binary: /.*/true is not a redis-server \\(expected: the program itself\\)");
    }

    @Test
    void refusesAScriptThatStartsTheProgram() throws IOException {
        Path script = Files.writeString(
                RedisServers.directory().resolve("script"), "#!/bin/sh\nexec " + builtIn() + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThatIOException()
                .isThrownBy(() -> startWith(script))
                .withMessage("redis.embedded.binary: %s is not a redis-server (expected: the program itself)", script);
    }

    /** An older server would find nothing, and call every token unknown and every mark forgotten. */
    @Test
    void doesNotBeginAnewWhereANewerServerLeftItsData() throws IOException {
        start(0).close();
        Files.createDirectory(directory.resolve("appendonlydir"));

        assertThatIOException()
                .isThrownBy(() -> start(0))
                .withMessage(
                        "redis.embedded.directory: %s was written by a newer Redis (expected: redis.embedded.binary of 7.0"
                                + " or newer)",
                        directory.toRealPath());
    }

    @Test
    void isFoundByANeighbourWhileItRuns() throws IOException {
        try (EmbeddedRedis server = start(0)) {
            assertThat(NeighbourRedis.in(directory).url()).isEqualTo(server.url());
        }
        assertThatIOException()
                .isThrownBy(() -> NeighbourRedis.in(directory))
                .withMessage(
                        "redis.embedded.join: no Redis runs in %s (expected: the directory of an instance that runs, and the"
                                + " same user)",
                        directory);
        assertThat(new NeighbourRedis(1, new ServerLogin("s3cret")).toString()).doesNotContain("s3cret");
    }

    private Path builtIn() throws IOException {
        return new RedisProgram(Optional.empty(), RedisServers.directory()).install(directory);
    }

    private EmbeddedRedis startWith(Path program) throws IOException {
        return EmbeddedRedis.start(new EmbeddedRedis.Settings(directory, 0, "always", 0, Optional.of(program)));
    }

    private EmbeddedRedis start(int port) throws IOException {
        return EmbeddedRedis.start(new EmbeddedRedis.Settings(directory, port, "always", 0));
    }

    private static Object call(EmbeddedRedis server, String... command) {
        try (RedisClient client = RedisClient.of(server.url())) {
            return client.call(command);
        }
    }

    private String password() throws IOException {
        return Files.readString(directory.resolve("redis.password")).strip();
    }

    private List<Path> readableForOthers(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path file : files) {
                if (Files.readString(file, ISO_8859_1).contains(text)
                        && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                .equals("rw-------")) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private ProcessHandle process() throws IOException {
        return ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("redis.pid")).strip()))
                .orElseThrow();
    }

    private static long clients(RedisClient client) {
        return ((String) client.call("CLIENT", "LIST")).lines().count();
    }

    private static long pidOf(RedisProcess server) {
        try (RedisClient client = server.client()) {
            String info = (String) client.call("INFO", "server");
            return info.lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .mapToLong(line -> Long.parseLong(line.substring("process_id:".length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Another JVM with an embedded server on this directory. */
    private Process orphanMaker() throws IOException {
        return new ProcessBuilder(Jvm.command(
                        "-cp", System.getProperty("java.class.path"), Orphan.class.getName(), directory.toString()))
                .redirectErrorStream(true)
                .start();
    }

    /** Kills the service once its server holds data; gives the server's pid. */
    private long orphanOf(Process service) throws IOException, InterruptedException {
        try (var output = service.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        long pid = process().pid();
        service.destroyForcibly().waitFor();
        Waiting.until("orphan", () -> ProcessHandle.of(pid).isPresent());
        return pid;
    }

    /** A service that will be killed. */
    static final class Orphan {
        private Orphan() {}

        public static void main(String[] args) throws IOException {
            EmbeddedRedis server = EmbeddedRedis.start(new EmbeddedRedis.Settings(Path.of(args[0]), 0, "always", 0));
            call(server, "SET", "key", "value");
            System.out.println("ready");
            int end = System.in.read();
            System.exit(end);
        }
    }
}
