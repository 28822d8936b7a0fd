package io.revoker.revocation;

import io.revoker.domain.Problem;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
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

    static String of(Target target) {
        return target.match(
                one -> one.kind() == TokenKind.ACCESS ? "access_token" : "refresh_token",
                realm -> "realm",
                user -> "user",
                userInRealm -> "user_in_realm");
    }

    /** Each of these, and each kind of problem. */
    static Stream<String> outcomes(Enum<?>... good) {
        return Stream.concat(Stream.of(good), Stream.of(Problem.Kind.values())).map(Labels::of);
    }
}
