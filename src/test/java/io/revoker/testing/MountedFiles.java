package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
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
        put(Map.of(name, content));
        return mount.resolve(name);
    }

    /** The files by their names, which are the only ones, with other contents at once. */
    public void put(Map<String, String> contents) {
        try {
            Path next = Files.createDirectory(mount.resolve("..generation-" + generation.incrementAndGet()));
            for (Map.Entry<String, String> file : contents.entrySet()) {
                Files.writeString(next.resolve(file.getKey()), file.getValue());
            }
            Path swapped = Files.createSymbolicLink(mount.resolve("..data_tmp"), next.getFileName());
            Files.move(swapped, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            for (String name : contents.keySet()) {
                Path file = mount.resolve(name);
                if (!Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(file, Path.of("..data", name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
