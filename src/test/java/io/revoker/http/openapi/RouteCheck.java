package io.revoker.http.openapi;

import io.revoker.http.openapi.RunningRoutes.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a description names the routes that run, and no others. */
record RouteCheck(DescribedService service) {

    List<String> faults(Description description) {
        List<Running> routes = RunningRoutes.of(service.running().service());
        List<String> faults = new ArrayList<>();
        for (Running route : routes) {
            if (!description.paths().contains(route.path())) {
                faults.add(route.path() + ": is not described");
            }
            route.methods().stream()
                    .filter(method ->
                            description.operation(route.path(), method).isEmpty())
                    .forEach(method -> faults.add(method + " " + route.path() + ": is not described"));
        }
        description.paths().forEach(path -> faults.addAll(methodFaults(description, path)));
        return faults;
    }

    /** A route for all methods refuses most of them: what is served is found out by asking. */
    private List<String> methodFaults(Description description, String path) {
        Listener listener =
                path.startsWith("/health/") || path.equals("/metrics") ? Listener.MANAGEMENT : Listener.CLIENTS;
        List<String> faults = new ArrayList<>();
        for (String method : Description.METHODS) {
            Call call = Call.of(
                            listener,
                            method.toUpperCase(Locale.ROOT),
                            path.replace("{rest}", "orders/42")
                                    .replace("{sweep}", "1")
                                    .replace("{lock}", "1")
                                    .replace("{name}", "1")
                                    .replace("{list}", "1?time=1") // without the parameter, 404
                                    .replace("{stream}", "1"))
                    .with("Revoker-Console", "1"); // without it, 403 at the console
            int status = service.send(call).status();
            boolean served = status != 404 && status != 405;
            if (served != description.operation(path, method).isPresent()) {
                faults.add(method + " " + path + ": answers " + status
                        + (served ? " and is not described" : " and is described"));
            }
        }
        return faults;
    }
}
