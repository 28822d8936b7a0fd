package io.revoker.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What can be applied: the base and every overlay, each rendered once. */
final class Overlays {
    private static final Path ROOT = Path.of("k8s");
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    private Overlays() {}

    /** Their directories below {@code k8s}. */
    static List<String> names() {
        try (Stream<Path> directories = Files.list(ROOT.resolve("overlays"))) {
            return Stream.concat(
                            Stream.of("base"),
                            directories
                                    .map(path -> ROOT.relativize(path).toString())
                                    .sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of one's own. */
    static Manifests render(String name) {
        return RENDERED.computeIfAbsent(name, directory -> Kubectl.render(ROOT.resolve(directory)))
                .copy();
    }
}
