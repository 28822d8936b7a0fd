package io.revoker.http.pages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the console, read once. */
final class ConsoleFiles {
    private static final String FOLDER = "/io/revoker/pages/console/";
    private static final String INDEX = "index.html";
    private static final List<String> OWN = List.of(
            INDEX,
            "icon.svg",
            "console.css",
            "act.js",
            "api.js",
            "app.js",
            "audit.js",
            "caller.js",
            "charts.js",
            "dom.js",
            "find.js",
            "followers.js",
            "format.js",
            "grants.js",
            "holdings.js",
            "live.js",
            "locks.js",
            "me.js",
            "sweeps.js",
            "target.js",
            "tokens.js");

    /** That of the charts, by the name that the console has for each. The version is the one of the build. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private static final Map<String, PageFile> FILES = Stream.concat(
                    OWN.stream().map(name -> Map.entry(name, PageFile.read(FOLDER + name))),
                    Stream.of(
                            Map.entry("uPlot.esm.js", PageFile.read(UPLOT + "dist/uPlot.esm.js")),
                            Map.entry("uPlot.min.css", PageFile.read(UPLOT + "dist/uPlot.min.css")),
                            Map.entry("uPlot.txt", PageFile.read(UPLOT + "LICENSE", "txt"))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private ConsoleFiles() {}

    /** @param name empty for the page itself */
    static Optional<PageFile> named(String name) {
        return Optional.ofNullable(FILES.get(name.isEmpty() ? INDEX : name));
    }
}
