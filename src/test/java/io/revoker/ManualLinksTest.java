package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Manual;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The links of the manual, as they are followed in the repository and on the rendered site. */
class ManualLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final String OTHER_PAGE = "([a-z-]+\\.md)?(#.+)?";

    @Test
    void everyLinkLeadsSomewhere() {
        for (Path page : Manual.pages()) {
            assertThat(links(page))
                    .as(page.toString())
                    .allSatisfy(link -> assertThat(leads(page, link)).as(link).isTrue());
        }
    }

    /** Other files of the repository are not on the rendered site: pages name them as code. */
    @Test
    void pagesOfTheSiteLinkToEachOtherOnly() {
        for (Path page : Manual.sitePages()) {
            assertThat(links(page)).as(page.toString()).allMatch(link -> link.matches(OTHER_PAGE));
        }
    }

    @Test
    void theIndexAndTheMenuLeadToEveryPage() {
        List<String> names = Manual.sitePages().stream()
                .map(page -> page.getFileName().toString().replaceAll("\\.md$", ""))
                .toList();
        String menu = Manual.text(Path.of("src/site/site.xml"));

        assertThat(names)
                .contains("index", "api")
                .allSatisfy(name -> assertThat(menu).contains("href=\"" + name + ".html\""));
        assertThat(links(Path.of("src/site/markdown/index.md")))
                .containsAll(names.stream()
                        .filter(name -> !name.equals("index"))
                        .map(name -> name + ".md")
                        .toList());
    }

    /** Those that stay in the repository. */
    private static List<String> links(Path page) {
        return LINK.matcher(Manual.text(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page
                : page.toAbsolutePath().resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length < 2
                        || HEADING.matcher(Manual.text(target))
                                .results()
                                .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1])));
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
