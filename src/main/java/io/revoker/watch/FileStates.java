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
 * What is in some files at one time. It is the content that counts, read through every link: a mounted ConfigMap or Secret changes by the swap of a
 * symbolic link, and neither the name nor the date of a file says so reliably.
 */
public record FileStates(Map<Path, String> byFile) {
    /** Of no files. */
    public static final FileStates NONE = new FileStates(Map.of());

    /** No file of settings is as long; of a longer one the beginning and the length tell. */
    private static final int MAX_BYTES = 2 << 20;

    public FileStates {
        byFile = Map.copyOf(byFile);
    }

    /** As they are now; it is a state too that a file is not there. Blocks while it reads. */
    public static FileStates of(Set<Path> files) {
        Map<Path, String> states = new TreeMap<>();
        files.forEach(file -> states.put(file, state(file)));
        return new FileStates(states);
    }

    /** The state of one of them; nothing if it is none of them. */
    public Optional<String> of(Path file) {
        return Optional.ofNullable(byFile.get(file));
    }

    /** What is no regular file, a pipe for one, can be read but once. */
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
