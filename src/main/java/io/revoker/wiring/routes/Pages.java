package io.revoker.wiring.routes;

import io.revoker.config.Configuration;
import io.revoker.http.Routes;
import io.revoker.http.pages.ConsoleParts;
import io.revoker.http.pages.ConsoleRoutes;
import io.revoker.http.pages.DocsRoutes;
import io.revoker.http.pages.FigureRoutes;
import io.revoker.http.pages.WelcomeRoutes;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What people see in a browser. */
final class Pages {
    /** By which the console tells the instances apart. */
    private final String instance = UUID.randomUUID().toString().substring(0, 8);

    private final LongAdder sessionChecks = new LongAdder();

    /** @param forPeople the routes that the console calls */
    Stream<Routes> routes(LoopParts loop, List<Routes> forPeople) {
        Routes docs = new DocsRoutes(loop.context().vertx());
        return ConsoleRoutes.isServed(loop.configuration().http())
                ? Stream.of(docs, WelcomeRoutes.withConsole(), console(loop, forPeople))
                : Stream.of(docs, WelcomeRoutes.withoutConsole());
    }

    private Routes console(LoopParts loop, List<Routes> forPeople) {
        Configuration configuration = loop.configuration();
        ConsoleParts parts = new ConsoleParts(
                loop.context().vertx(),
                loop.bus(),
                loop.all().live().callers(),
                loop.gate(),
                loop.bodies(),
                loop.all().clock(),
                Collections.min(List.of(
                        configuration.http().console().sessionLifetime(),
                        configuration.tokens().markLifetime())),
                configuration.http().console().served(),
                sessionChecks);
        Routes figures = new FigureRoutes(loop.gate(), loop.all().registry(), instance, sessionChecks);
        return new ConsoleRoutes(
                parts, Stream.concat(forPeople.stream(), Stream.of(figures)).toList());
    }
}
