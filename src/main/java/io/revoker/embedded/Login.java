package io.revoker.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The only user of an embedded server. Other users of this host can't write to it, and a server on its port that does not know this user is not taken
 * for it: with a password alone it might be, because a server without one lets the default user in whatever the password.
 *
 * @param password 256 random bits in hexadecimal, which need no escape anywhere; no log and no message shows it
 */
record Login(String password) {
    private static final String USER = "revoker";
    private static final String FILE = "redis.password";
    private static final int BYTES = 32;
    private static final Pattern COMPLETE = Pattern.compile("[0-9a-f]{64}");

    /** With the password that is kept in the directory; a new one if there is none, or if what is there is none. */
    static Login keptIn(DataDirectory directory) throws IOException {
        String kept = read(directory);
        Login login = COMPLETE.matcher(kept).matches() ? new Login(kept) : random();
        directory.write(FILE, login.password + "\n");
        return login;
    }

    /** With the password that somebody else keeps there. */
    static Login of(Path directory) throws IOException {
        return new Login(Files.readString(directory.resolve(FILE)).strip());
    }

    /** Holds the password: not for a log. */
    String url(int port) {
        return "redis://" + USER + ":" + password + "@127.0.0.1:" + port;
    }

    /** As an inline command (redis.io/commands/auth). */
    String command() {
        return "AUTH " + USER + " " + password;
    }

    /** Lines for the server, which gets to know a SHA-256 of the password (redis.io/docs/management/security/acl). */
    List<String> configuration() {
        return List.of("user default off", "user " + USER + " on #" + hash() + " allkeys allchannels allcommands");
    }

    @Override
    public String toString() {
        return "***";
    }

    private static String read(DataDirectory directory) throws IOException {
        try {
            return Files.readString(directory.path().resolve(FILE)).strip();
        } catch (NoSuchFileException firstStart) {
            return "";
        }
    }

    private static Login random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Login(HexFormat.of().formatHex(bytes));
    }

    private String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(password.getBytes(US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
