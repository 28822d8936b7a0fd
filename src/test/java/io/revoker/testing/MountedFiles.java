package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory as a kubelet mounts a ConfigMap or a Secret: a file is a link into a directory that is a link too, and that one is swapped. */
public final class MountedFiles {
    private final Path mount;
    private final AtomicInteger generation = new AtomicInteger();

    private MountedFiles(Path mount) {
        this.mount = mount;
    }

    public static MountedFiles in(Path directory) {
        try {
            return new MountedFiles(Files.createDirectories(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of that name, which is the only one, with other content at once. */
    public Path put(String name, String content) {
        try {
            Path next = Files.createDirectory(mount.resolve("..generation-" + generation.incrementAndGet()));
            Files.writeString(next.resolve(name), content);
            Path swapped = Files.createSymbolicLink(mount.resolve("..data_tmp"), next.getFileName());
            Files.move(swapped, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            Path file = mount.resolve(name);
            return Files.isSymbolicLink(file) ? file : Files.createSymbolicLink(file, Path.of("..data", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
