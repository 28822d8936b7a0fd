package io.revoker.http.openapi;

import io.revoker.Service;
import io.revoker.http.RevocationPriority;
import io.revoker.http.RouteContext;
import io.revoker.http.server.RouteSet;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The routes of a running service, as its own routers have them: a second list of routes could lack the same route that
 * the description lacks. The service does not expose its routers, so they are read from its fields.
 */
final class RunningRoutes {
    private RunningRoutes() {}

    /**
     * A route that is bound to a path.
     *
     * @param path as a description writes it: without a slash at the end, with {@code {rest}} for the rest of a prefix and
     *     braces around parameters
     * @param methods in lower case; empty if the route answers all, be it with a refusal
     */
    record Running(String path, Set<String> methods) {}

    static List<Running> of(Service service) {
        RouteSet served = served(service);
        Router clients = Router.router((Vertx) read(service, "vertx"));
        served.routed().forEach(group -> group.mount(clients));
        Stream<Running> routed = Stream.of(clients, management(service))
                .flatMap(router -> router.getRoutes().stream())
                .filter(route -> route.getPath() != null)
                .flatMap(RunningRoutes::running);
        Stream<Running> direct =
                served.direct().stream().flatMap(route -> paths(route.name())).map(path -> new Running(path, Set.of()));
        return Stream.concat(direct, routed).distinct().toList();
    }

    /** The listener for clients looks at a request before its router does, so what it serves is made once more. */
    @SuppressWarnings("unchecked")
    private static RouteSet served(Service service) {
        Object listener = ((List<?>) read(read(service, "deployment"), "listeners")).get(0);
        return ((Function<RouteContext, RouteSet>) read(listener, "routes"))
                .apply(new RouteContext((Vertx) read(service, "vertx"), unhurried -> {}, new RevocationPriority()));
    }

    private static Router management(Service service) {
        return (Router) read(read(read(service, "deployment"), "management"), "router");
    }

    private static Stream<Running> running(Route route) {
        Set<String> methods = new TreeSet<>();
        for (HttpMethod method : Optional.ofNullable(route.methods()).orElse(Set.of())) {
            methods.add(method.name().toLowerCase(Locale.ROOT));
        }
        return paths(route.getPath()).map(path -> new Running(path, methods));
    }

    private static Stream<String> paths(String name) {
        if (name.endsWith("/*")) {
            String prefix = name.substring(0, name.length() - 2);
            return Stream.of(prefix, prefix + "/{rest}");
        }
        String path = name.replaceAll(":(\\w+)", "{$1}");
        return Stream.of(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    private static Object read(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(owner.getClass() + ": has no field " + name, e);
        }
    }
}
