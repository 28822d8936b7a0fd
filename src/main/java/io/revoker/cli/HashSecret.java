package io.revoker.cli;

import io.revoker.caller.HashLine;
import io.revoker.caller.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code hash-secret}: makes an entry of the client file, with the line for a secret. */
final class HashSecret {
    private static final int SECRET_BYTES = 32;
    private static final int MAX_INPUT = 1024;
    private static final String ENTRY = """
            in the file that clients.file names, below clients:
              - id: some-client
                secret: "%s"
                privileges: [check]     # and invalidate, register, introspect-refresh, feed; or admin, which is all
            """;
    private static final int DONE = 0;
    private static final int WRONG_INPUT = 2;

    private HashSecret() {}

    /**
     * Without arguments prints a fresh 256-bit secret and an entry with its SHA-256 line. With {@code --stdin} reads a secret, one line of UTF-8 of at
     * most 1024 bytes, and prints an entry with its PBKDF2 line; the secret is not printed.
     *
     * @return the exit code: 0 when done, 2 for wrong arguments or input
     */
    static int run(List<String> args, InputStream in, PrintStream out) {
        if (args.isEmpty()) {
            return fresh(out);
        }
        if (args.equals(List.of("--stdin"))) {
            return given(in, out);
        }
        out.println("usage: hash-secret [--stdin]");
        return WRONG_INPUT;
    }

    private static int fresh(PrintStream out) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        // No '+', '/' or '%': such a secret reads the same raw and form-urlencoded.
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        out.println("give the client:    " + text);
        Secret.of(text).ifPresent(secret -> print(HashLine.sha256(secret), out));
        return DONE;
    }

    private static int given(InputStream in, PrintStream out) {
        Optional<Secret> secret = read(in).flatMap(Secret::of);
        secret.ifPresentOrElse(
                given -> print(HashLine.pbkdf2(given), out),
                () -> out.println("secret: unusable (expected: one line of UTF-8, 1 to " + MAX_INPUT
                        + " bytes, no control characters)"));
        return secret.isPresent() ? DONE : WRONG_INPUT;
    }

    private static void print(String line, PrintStream out) {
        out.print(ENTRY.formatted(line));
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
