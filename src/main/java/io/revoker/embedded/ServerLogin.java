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
 * The only user of an embedded server. It keeps other users of this host out. It also distinguishes our server from
 * another one on its port: a password alone would not, because a server without a password accepts any password of the
 * default user.
 *
 * @param password 256 random bits in hexadecimal, which never need escaping; no log and no message shows it
 */
record ServerLogin(String password) {
    private static final String USER = "revoker";
    private static final String FILE = "redis.password";
    private static final int BYTES = 32;
    private static final Pattern COMPLETE = Pattern.compile("[0-9a-f]{64}");

    /** Reads the password from the directory; creates one if it is missing or malformed. */
    static ServerLogin keptIn(DataDirectory directory) throws IOException {
        String kept = read(directory);
        ServerLogin login = COMPLETE.matcher(kept).matches() ? new ServerLogin(kept) : random();
        directory.write(FILE, login.password + "\n");
        return login;
    }

    /** Reads the password that another instance has stored. */
    static ServerLogin of(Path directory) throws IOException {
        return new ServerLogin(Files.readString(directory.resolve(FILE)).strip());
    }

    /** Contains the password: do not log it. */
    String url(int port) {
        return "redis://" + USER + ":" + password + "@127.0.0.1:" + port;
    }

    /** The login as an inline command (redis.io/commands/auth). */
    String command() {
        return "AUTH " + USER + " " + password;
    }

    /**
     * Configuration of the server, which gets only a SHA-256 of the password (redis.io/docs/management/security/acl).
     * The default user can't log in, but may do everything: when Redis 7.0.15 reads its append-only file, it drops each
     * transaction, and so the writes of each script, that this user may not do.
     */
    List<String> configuration() {
        String everything = " allkeys allchannels allcommands";
        return List.of("user default off" + everything, "user " + USER + " on #" + hash() + everything);
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

    private static ServerLogin random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ServerLogin(HexFormat.of().formatHex(bytes));
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
