package io.revoker.cli;

import io.revoker.caller.ClientSecret;
import io.revoker.caller.HashFormat;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.StandardOptions;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hash-secret}: makes an entry of the client file, with the line for a secret. */
@Command(
        name = "hash-secret",
        header = "Makes a secret for a client, and its line for the file that clients.file names.",
        customSynopsis = StandardOptions.JAR + " hash-secret [--stdin]",
        exitCodeList = {"0:done", "2:the arguments or the input can't be used"})
final class HashSecret implements Callable<Integer> {
    private static final int SECRET_BYTES = 32;
    private static final int MAX_INPUT = 1024;
    private static final String ENTRY = """
            in the file that clients.file names, below clients:
              - id: some-client
                secret: "%s"
                privileges: [check]     # and invalidate, register, introspect-refresh, feed; or admin, which is all
            """;

    @Mixin
    final StandardOptions standardOptions = new StandardOptions();

    @Option(
            names = "--stdin",
            description =
                    "reads the secret, one line of UTF-8 of at most 1024 bytes, and prints its entry, without the secret")
    private boolean stdin;

    private final CommandIo io;

    HashSecret(CommandIo io) {
        this.io = io;
    }

    /**
     * Prints a fresh 256-bit secret with its SHA-256 line, or the PBKDF2 line of a given secret, which is not printed.
     */
    @Override
    public Integer call() {
        return stdin ? given() : fresh();
    }

    private int fresh() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        // No '+', '/' or '%': such a secret reads the same raw and form-urlencoded.
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        io.out().println("give the client:    " + text);
        ClientSecret.of(text).ifPresent(secret -> print(HashFormat.sha256(secret)));
        return CommandIo.DONE;
    }

    private int given() {
        Optional<ClientSecret> secret = read(io.in()).flatMap(ClientSecret::of);
        secret.ifPresentOrElse(
                given -> print(HashFormat.pbkdf2(given)),
                () -> io.out()
                        .println("secret: unusable (expected: one line of UTF-8, 1 to " + MAX_INPUT
                                + " bytes, no control characters)"));
        return secret.isPresent() ? CommandIo.DONE : CommandIo.USAGE;
    }

    private void print(String line) {
        io.out().print(ENTRY.formatted(line));
    }

    private static Optional<byte[]> read(InputStream in) {
        try {
            byte[] line = withoutLineEnd(in.readNBytes(MAX_INPUT + 3));
            return Optional.of(line).filter(bytes -> bytes.length <= MAX_INPUT);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] withoutLineEnd(byte[] input) {
        int end = input.length;
        if (end > 0 && input[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && end < input.length && input[end - 1] == '\r') {
            end--;
        }
        return Arrays.copyOf(input, end);
    }
}
