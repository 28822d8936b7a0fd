package io.revoker.revocation;

import io.revoker.domain.Problem;
import java.util.Locale;
import java.util.stream.Stream;

/** What is known of a meter beforehand: never a realm, a user or a token. */
final class Labels {
    static final String[] TARGETS = {"access_token", "refresh_token", "realm", "user", "user_in_realm"};

    private Labels() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String of(Throwable failure) {
        return of(failure instanceof Problem problem ? problem.kind() : Problem.Kind.INTERNAL);
    }

    /** Each of these, and each kind of problem. */
    static Stream<String> outcomes(Enum<?>... good) {
        return Stream.concat(Stream.of(good), Stream.of(Problem.Kind.values())).map(Labels::of);
    }
}
