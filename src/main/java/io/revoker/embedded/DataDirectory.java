package io.revoker.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of an embedded server's files. A lock in it prevents a second service from using it.
 *
 * @param path absolute, without symbolic links
 */
record DataDirectory(Path path, FileChannel lock) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    /** Creates it if there is none. */
    static DataDirectory open(Path given) throws IOException {
        Path path = writable(given);
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DataDirectory(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("data directory locked by this process");
        }
        channel.close();
        throw new IOException("redis.embedded.directory: " + path + " is in use by another service"
                + " (expected: a directory of its own, or --redis.embedded.join=true to share its Redis)");
    }

    /** Writes a file atomically, readable by its owner only. */
    void write(String name, String text) throws IOException {
        Path fresh = path.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, forItsOwner(fresh, "rw-------"));
        Files.writeString(fresh, text);
        Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Creates it for its owner only, because its files show who has tokens. An existing directory is not changed. */
    private static Path created(Path directory) throws IOException {
        return Files.createDirectories(directory, forItsOwner(directory, "rwx------"));
    }

    private static FileAttribute<?>[] forItsOwner(Path file, String permissions) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static Path writable(Path given) throws IOException {
        try {
            Path directory = created(given.toAbsolutePath()).toRealPath();
            if (!Files.isWritable(directory)) {
                throw new IOException("not writable");
            }
            return directory;
        } catch (IOException e) {
            throw new IOException(
                    "redis.embedded.directory: " + given + " (expected: a directory that this user may write in)", e);
        }
    }
}
