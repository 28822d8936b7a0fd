package io.revoker.revocation;

import io.revoker.domain.Problem;
import java.util.Locale;
import java.util.stream.Stream;

/** Values of labels that are known in advance: never a realm, a user or a token. */
final class MeterLabels {
    static final String[] TARGETS = {
        "access_token",
        "refresh_token",
        "grant",
        "jwt",
        "realm",
        "user",
        "user_in_realm",
        "client",
        "session",
        "kind",
        "key",
        "all"
    };

    private MeterLabels() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String of(Throwable failure) {
        return of(failure instanceof Problem problem ? problem.kind() : Problem.Kind.INTERNAL);
    }

    /** The given outcomes, and every kind of problem. */
    static Stream<String> outcomes(Enum<?>... good) {
        return Stream.concat(Stream.of(good), Stream.of(Problem.Kind.values())).map(MeterLabels::of);
    }
}
