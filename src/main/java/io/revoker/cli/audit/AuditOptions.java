package io.revoker.cli.audit;

import io.revoker.cli.acts.Length;
import io.revoker.cli.service.ServiceCalls;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which entries are meant. */
final class AuditOptions {
    @Option(names = "--realm", paramLabel = "REALM", description = "of this realm")
    private Optional<String> realm = Optional.empty();

    @Option(names = "--user", paramLabel = "USER", description = "of this user, or of all users of a realm")
    private Optional<String> user = Optional.empty();

    @Option(names = "--caller", paramLabel = "ID", description = "of this client")
    private Optional<String> caller = Optional.empty();

    @Option(names = "--kind", paramLabel = "KIND", description = "such as revocation, lock or registration")
    private Optional<String> kind = Optional.empty();

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "such as done, refused or failed")
    private Optional<String> outcome = Optional.empty();

    @Option(names = "--since", paramLabel = "TIME", description = "not older than this: a time, or a length such as 8h")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "older than this: a time, or a length such as 8h")
    private Optional<String> until = Optional.empty();

    /** For the query of a request. */
    String query() {
        return "limit=1000"
                + parameter("realm_name", realm)
                + parameter("username", user)
                + parameter("caller", caller)
                + parameter("kind", kind)
                + parameter("outcome", outcome)
                + parameter("since", since.map(AuditOptions::time))
                + parameter("until", until.map(AuditOptions::time));
    }

    private static String parameter(String name, Optional<String> value) {
        return value.map(text -> '&' + ServiceCalls.parameter(name, text)).orElse("");
    }

    /** A length is so long ago. What is neither, the service refuses. */
    private static String time(String text) {
        return Length.of(text)
                .map(length -> Instant.now().minus(length).toString())
                .orElse(text);
    }
}
