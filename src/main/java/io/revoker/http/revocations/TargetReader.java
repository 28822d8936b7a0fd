package io.revoker.http.revocations;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Name;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.http.RequestFields;
import io.revoker.http.single.RevocationReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a revocation names: a token, in the way of a line of a stream, or a realm, a user, or both, and which of
 * their tokens.
 *
 * @param tokens reads the tokens
 */
record TargetReader(RevocationReader tokens) {
    private static final String PLACE = "target";
    private static final String REALM = "realm_name";
    private static final String USER = "username";
    private static final String ALL = "all";
    private static final List<Selector.By> SELECTORS = List.of(Selector.By.values());
    private static final Set<String> HOLDERS = Stream.concat(
                    Stream.of(REALM, USER), SELECTORS.stream().map(Selector.By::field))
            .collect(Collectors.toSet());

    /** These name one token. */
    private static final List<String> TOKENS = List.of("token", "refresh_token", "jti", "token_id");

    private static final String EXPECTED =
            " (expected: realm_name, username, or both; all; or token, refresh_token, or realm_name with jti or token_id)";

    /**
     * What is named.
     *
     * @param targets in the order in which to try them: more than one for a token that may be of either kind
     * @param token its text; empty if no token is named by its text
     */
    record Named(List<? extends Target> targets, String token) {
        Target first() {
            return targets.get(0);
        }

        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Named[targets=" + targets + "]";
        }
    }

    Named read(JsonNode target) {
        if (Stream.concat(TOKENS.stream(), Stream.of("grant", "token_type_hint"))
                .anyMatch(target::hasNonNull)) {
            RevocationReader.Named one = tokens.read(PLACE, target);
            return new Named(one.targets(), one.token());
        }
        if (target.hasNonNull(ALL)) {
            return new Named(List.of(all(new RequestFields(PLACE, target, Set.of(ALL)))), "");
        }
        RequestFields fields = new RequestFields(PLACE, target, HOLDERS).withoutNull();
        return new Named(List.of(selected(fields, holders(fields))), "");
    }

    /** Those tokens of what is named that were issued before an instant. */
    Named issuedBefore(Named whole, Instant instant) {
        return new Named(
                whole.targets().stream()
                        .map(target -> Target.IssuedBefore.requested(
                                target, instant, tokens.time().instant()))
                        .toList(),
                whole.token());
    }

    private static Target all(RequestFields fields) {
        return fields.get(ALL)
                .filter(value -> value.isBoolean() && value.booleanValue())
                .<Target>map(value -> new Target.OfAll())
                .orElseThrow(() -> Problem.invalid(PLACE + "." + ALL + ": not true (expected: true)"));
    }

    private static Target selected(RequestFields fields, Target all) {
        List<Selector> selectors = SELECTORS.stream()
                .flatMap(by -> fields.text(by.field()).map(value -> Selector.requested(by, value)).stream())
                .toList();
        if (selectors.size() > 1) {
            throw Problem.invalid(PLACE + ": more than one of "
                    + SELECTORS.stream().map(Selector.By::field).collect(Collectors.joining(", "))
                    + " (expected: one)");
        }
        return selectors.isEmpty() ? all : new Target.Selected(all, selectors.get(0));
    }

    private static Target holders(RequestFields fields) {
        Optional<RealmId> realm = fields.text(REALM).map(RealmId::new).map(name -> visible(REALM, name));
        Optional<UserName> user = fields.text(USER).map(UserName::new).map(name -> visible(USER, name));
        if (realm.isEmpty()) {
            return user.<Target>map(Target.OfUser::new)
                    .orElseThrow(() -> Problem.invalid(PLACE + ": names nothing" + EXPECTED));
        }
        return user.<Target>map(named -> new Target.OfUserInRealm(new UserInRealm(realm.get(), named)))
                .orElseGet(() -> new Target.OfRealm(realm.get()));
    }

    /** No tokens can be registered under a name of blanks. */
    private static <T extends Name> T visible(String field, T name) {
        if (name.hasOnlyBlanks()) {
            throw Problem.invalid(PLACE + '.' + field + ": blank (expected: a name)");
        }
        return name;
    }
}
