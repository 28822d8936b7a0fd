package io.revoker.testing;

import io.revoker.testing.MarkdownBlocks.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manual: the README, then the pages of the site. */
public final class Manual {
    private static final Path README = Path.of("README.md");
    private static final Path SITE = Path.of("src/site/markdown");

    private Manual() {}

    public static List<Path> pages() {
        return Stream.concat(Stream.of(README), sitePages().stream()).toList();
    }

    /** What mvn site renders. */
    public static List<Path> sitePages() {
        try (Stream<Path> pages = Files.list(SITE)) {
            return pages.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text() {
        return pages().stream().map(Manual::text).collect(Collectors.joining("\n"));
    }

    public static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all pages, in their order. */
    public static List<Block> blocks() {
        return pages().stream()
                .flatMap(page -> MarkdownBlocks.of(page).stream())
                .toList();
    }
}
