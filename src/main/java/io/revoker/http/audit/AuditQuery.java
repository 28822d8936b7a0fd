package io.revoker.http.audit;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.UserName;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Filter;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Order;
import io.revoker.domain.audit.Result;
import io.revoker.http.request.Parameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters of a search. */
final class AuditQuery {
    private static final String AFTER = "after";
    private static final String CALLER = "caller";
    private static final String KIND = "kind";
    private static final String LIMIT = "limit";
    private static final String ORDER = "order";
    private static final String OUTCOME = "outcome";
    private static final String REALM = "realm_name";
    private static final String SINCE = "since";
    private static final String UNTIL = "until";
    private static final String USER = "username";
    private static final List<String> KNOWN =
            List.of(AFTER, CALLER, KIND, LIMIT, ORDER, OUTCOME, REALM, SINCE, UNTIL, USER);
    private static final List<String> KINDS =
            Stream.of(Act.Kind.values()).map(Act.Kind::wireName).toList();
    private static final List<String> OUTCOMES =
            Stream.of(Result.State.values()).map(Result.State::wireName).toList();
    private static final int USUAL = 100;

    private AuditQuery() {}

    /** Fails with a {@link Problem} if one is wrong. */
    static Find read(Parameters query, RealmScope scope) {
        query.requireOnly(KNOWN);
        return new Find(
                scope,
                new Filter(
                        query.value(REALM).map(RealmId::new),
                        query.value(USER).map(UserName::new),
                        query.value(CALLER),
                        one(query, KIND, KINDS),
                        one(query, OUTCOME, OUTCOMES),
                        time(query, SINCE),
                        time(query, UNTIL)),
                one(query, ORDER, List.of("newest", "oldest"))
                        .filter("oldest"::equals)
                        .map(oldest -> Order.OLDEST_FIRST)
                        .orElse(Order.NEWEST_FIRST),
                query.value(AFTER),
                query.value(LIMIT).map(AuditQuery::limit).orElse(USUAL));
    }

    private static Optional<String> one(Parameters query, String name, List<String> known) {
        Optional<String> value = query.value(name);
        if (value.filter(given -> !known.contains(given)).isPresent()) {
            throw Problem.invalid(
                    name + ": unknown (expected: " + known.stream().collect(Collectors.joining(", ")) + ")");
        }
        return value;
    }

    private static Optional<Instant> time(Parameters query, String name) {
        return query.value(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException unreadable) {
                throw Problem.invalid(name + ": not a time (expected: such as 2026-01-31T12:00:00Z)");
            }
        });
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > Find.MOST) {
            throw Problem.invalid(LIMIT + ": not a number of entries (expected: 1 to " + Find.MOST + ")");
        }
        return Integer.parseInt(text);
    }
}
