package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.bus.FindGrants;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Grant;
import io.revoker.domain.Name;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.HeldGrants.HeldGrant;
import io.revoker.domain.store.ListedGrants;
import io.revoker.http.Answer;
import io.revoker.http.AsyncAnswer;
import io.revoker.http.Gate;
import io.revoker.http.ProblemAccessDenied;
import io.revoker.http.request.Parameters;
import io.revoker.http.single.RevocationMembers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /v1/tokens}: grants that have a live token, of a user, a realm, or both, without any token. */
final class GrantListing implements Handler<RoutingContext> {
    private static final String REALM = "realm_name";
    private static final String USER = "username";
    private static final String AFTER = "after";
    private static final List<String> PARAMETERS = List.of(AFTER, REALM, USER);
    private static final Map<TokenKind, String> MEMBERS =
            Map.of(TokenKind.ACCESS, "access_token", TokenKind.REFRESH, "refresh_token");

    /** As many as eight bytes fill: the beginning of the token id. */
    private static final int ID_LENGTH = 10;

    private final RevokerBus bus;
    private final Gate gate;

    GrantListing(RevokerBus bus, Gate gate) {
        this.bus = bus;
        this.gate = gate;
    }

    @Override
    public void handle(RoutingContext request) {
        gate.admit(request, Privilege.INVALIDATE, new ProblemAccessDenied(), caller -> list(request, caller));
    }

    private void list(RoutingContext request, Caller caller) {
        AsyncAnswer.orProblem(
                request,
                Future.succeededFuture(request.request())
                        .map(Parameters::ofQuery)
                        .compose(query -> find(query, caller)),
                body -> {
                    request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    Answer.json(request, 200, body);
                });
    }

    private Future<ObjectNode> find(Parameters query, Caller caller) {
        query.requireOnly(PARAMETERS);
        Optional<RealmId> realm = query.given(REALM).map(RealmId::new);
        Optional<UserName> user = query.given(USER).map(UserName::new);
        String after = query.given(AFTER).orElse("");
        if (realm.isPresent() && user.isPresent()) {
            UserInRealm holder = new UserInRealm(realm.get(), user.get());
            return bus.findGrants(new FindGrants(holder, after, caller.realms()))
                    .map(GrantListing::body);
        }
        Target target = realm.<Target>map(Target.OfRealm::new)
                .or(() -> user.map(Target.OfUser::new))
                .orElseThrow(() -> Problem.invalid("realm_name, username: both missing (expected: at least one)"));
        return bus.listGrants(new ListedGrants.Find(target, after, caller.realms()))
                .map(page -> body(page, target));
    }

    /** Each grant with what the request did not name: the realm, or the user. */
    private static ObjectNode body(ListedGrants page, Target target) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode grants = body.putArray("grants");
        page.grants().forEach(one -> {
            Name name = target instanceof Target.OfUser
                    ? one.holder().realm()
                    : one.holder().user();
            grants.add(body(one.grant()).put(name instanceof RealmId ? REALM : USER, name.value()));
        });
        return end(body, page.errors(), page.next());
    }

    private static ObjectNode body(HeldGrants page) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode grants = body.putArray("grants");
        page.grants().forEach(grant -> grants.add(body(grant)));
        return end(body, page.errors(), page.next());
    }

    private static ObjectNode end(ObjectNode body, List<String> errors, Optional<String> next) {
        if (!errors.isEmpty()) {
            RevocationMembers.putErrors(body.put("error_count", errors.size()), errors);
        }
        next.ifPresent(after -> body.put("next", after));
        return body;
    }

    private static ObjectNode body(HeldGrant grant) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("id", id(grant.id()));
        grant.facts().ifPresent(facts -> put(facts, body));
        for (TokenKind kind : TokenKind.values()) {
            Optional.ofNullable(grant.live().get(kind))
                    .ifPresent(expiry -> body.putObject(MEMBERS.get(kind)).put("expires_at", expiry.getEpochSecond()));
        }
        return body;
    }

    /** Adds what the registration said. */
    static void put(Grant.Facts facts, ObjectNode body) {
        if (!facts.clientId().isEmpty()) {
            body.put("client_id", facts.clientId());
        }
        if (!facts.scope().isEmpty()) {
            body.put("scope", facts.scope());
        }
        if (!facts.session().isEmpty()) {
            body.put("session_id", facts.session());
        }
        body.put("issued_at", facts.issuedAt().getEpochSecond());
    }

    private static String id(long first) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(first).array();
        return Base64.getUrlEncoder().encodeToString(bytes).substring(0, ID_LENGTH);
    }
}
