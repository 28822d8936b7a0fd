package io.revoker.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The content of some files at one time. It compares content, read through symbolic links: a mounted ConfigMap or
 * Secret changes by swapping a symbolic link, which the name and date of a file do not show reliably.
 */
public record FileStates(Map<Path, String> byFile) {
    /** The states of no files. */
    public static final FileStates NONE = new FileStates(Map.of());

    /** No settings file is this long; of a longer file, the beginning and the length are compared. */
    private static final int MAX_BYTES = 2 << 20;

    public FileStates {
        byFile = Map.copyOf(byFile);
    }

    /** The current states; an absent file has a state, too. Blocks while it reads. */
    public static FileStates of(Set<Path> files) {
        Map<Path, String> states = new TreeMap<>();
        files.forEach(file -> states.put(file, state(file)));
        return new FileStates(states);
    }

    /** The state of one of them; empty for any other file. */
    public Optional<String> of(Path file) {
        return Optional.ofNullable(byFile.get(file));
    }

    /** Reads only regular files: a pipe, for example, can be read only once. */
    private static String state(Path file) {
        if (!Files.isRegularFile(file)) {
            return Files.exists(file) ? "no file" : "absent";
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(MAX_BYTES));
            return Files.size(file) + " bytes " + HexFormat.of().formatHex(digest);
        } catch (IOException e) {
            return "unreadable";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: absent (expected: in every Java runtime)", e);
        }
    }
}
