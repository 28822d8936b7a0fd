package io.revoker.http.openapi;

import io.revoker.testing.Reply;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * What a caller of one realm tries with what is another realm's, on one route, and what must come back whether that is there or not.
 *
 * @param operation method and path as the description has them
 */
record TenantRow(String operation, Kind kind, String attempt, int status, BiFunction<Asker, Tenant, Reply> question) {

    enum Kind {
        /** Names things of another realm. A caller that may see everything gets another answer. */
        PROBE,
        /** The same, by an access token of theirs. */
        PROBE_OF_TOKEN,
        /** Names nothing, and returns things that the caller may see. A caller that may see everything gets more. */
        LIST,
        /** Returns the same to every caller, whatever exists. */
        SAME_FOR_ALL,
        /** Has no callers: operators alone can reach it. */
        FOR_OPERATORS
    }

    static TenantRow probe(String operation, String attempt, int status, BiFunction<Asker, Tenant, Reply> question) {
        return new TenantRow(operation, Kind.PROBE, attempt, status, question);
    }

    static TenantRow probeOfToken(
            String operation, String attempt, int status, BiFunction<Asker, Tenant, Reply> question) {
        return new TenantRow(operation, Kind.PROBE_OF_TOKEN, attempt, status, question);
    }

    static TenantRow list(String operation, String attempt, int status, BiFunction<Asker, Tenant, Reply> question) {
        return new TenantRow(operation, Kind.LIST, attempt, status, question);
    }

    static TenantRow same(String operation, int status, BiFunction<Asker, Tenant, Reply> question) {
        return new TenantRow(operation, Kind.SAME_FOR_ALL, "read", status, question);
    }

    static TenantRow forOperators(String operation, BiFunction<Asker, Tenant, Reply> question) {
        return new TenantRow(operation, Kind.FOR_OPERATORS, "read", 200, question);
    }

    static String operation(Operation operation) {
        return operation.method().toUpperCase(Locale.ROOT) + " " + operation.path();
    }

    @Override
    public String toString() {
        return operation + ": " + attempt;
    }
}
