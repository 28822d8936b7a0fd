package io.revoker.faults;

import static io.revoker.testing.Waiting.get;

import io.revoker.domain.Grant;
import io.revoker.domain.Report;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.faults.Event.Checked.Said;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The flows without the HTTP edge, so that a store with an injected fault can be below them. */
record BusDoor(Node node) implements Door {

    @Override
    public int register(List<Issued> tokens) {
        Issued first = tokens.get(0);
        Grant grant = new Grant(
                Grants.holder(first.realm(), first.user()),
                granted(tokens, Issued.Kind.ACCESS),
                granted(tokens, Issued.Kind.REFRESH),
                new Grant.Facts("", "", now()));
        Outcome outcome = get(node.register(grant)).outcome();
        return outcome == Outcome.CREATED ? 201 : outcome == Outcome.UNCHANGED ? 200 : 409;
    }

    private static Optional<Grant.Granted> granted(List<Issued> tokens, Issued.Kind kind) {
        return tokens.stream()
                .filter(token -> token.kind() == kind)
                .map(token -> new Grant.Granted(TokenId.of(token.text()), now().plus(token.life())))
                .findFirst();
    }

    @Override
    public Ended revoke(Target target) {
        Report report = get(node.revoke(known(target)));
        int status = report.outcome() == Report.NOT_FOUND.outcome() ? 404 : 200;
        return new Ended(status, report.tally().invalidated(), report.errorCount());
    }

    private static io.revoker.domain.Target known(Target target) {
        if (target instanceof Target.One one) {
            TokenKind kind = one.token().kind() == Issued.Kind.ACCESS ? TokenKind.ACCESS : TokenKind.REFRESH;
            return new io.revoker.domain.Target.OneToken(
                    kind, TokenId.of(one.token().text()));
        }
        if (target instanceof Target.Realm realm) {
            return new io.revoker.domain.Target.OfRealm(
                    Grants.holder(realm.realm(), "any").realm());
        }
        if (target instanceof Target.User user) {
            return new io.revoker.domain.Target.OfUser(
                    Grants.holder("any", user.user()).user());
        }
        Target.UserInRealm holder = (Target.UserInRealm) target;
        return new io.revoker.domain.Target.OfUserInRealm(Grants.holder(holder.realm(), holder.user()));
    }

    @Override
    public Told check(String token) {
        boolean active = get(node.check(TokenId.of(token))).status() == Verdict.Status.ACTIVE;
        return new Told(active ? 200 : 401, active ? Said.ACTIVE : Said.INACTIVE);
    }

    @Override
    public Told introspect(String token) {
        return check(token);
    }

    @Override
    public List<Told> checkAll(List<String> tokens) {
        return tokens.stream().map(this::check).toList();
    }

    @Override
    public void close() {
        // The node is the test's.
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
