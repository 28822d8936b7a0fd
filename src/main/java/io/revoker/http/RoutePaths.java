package io.revoker.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Finds the route of a request that the router has not looked at. */
public final class RoutePaths {
    private static final Pattern PARAMETER = Pattern.compile(":\\w+");

    private final Map<String, Pattern> known = new ConcurrentHashMap<>();

    /**
     * Adds a route.
     *
     * @param route as the router spells it: a path, with {@code :name} for a segment of any content
     */
    public void add(String route) {
        known.computeIfAbsent(
                route, path -> Pattern.compile(PARAMETER.matcher(path).replaceAll("[^/]+") + "/?"));
    }

    /** Absent if no route is for the path. */
    public Optional<String> find(String path) {
        return known.entrySet().stream()
                .filter(route -> route.getValue().matcher(path).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
