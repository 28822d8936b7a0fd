package io.revoker.http.single;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Target;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HolderProblem;
import java.util.List;
import java.util.Optional;

/** The facts of a revocation, as members of JSON objects. */
public final class RevocationMembers {
    private RevocationMembers() {}

    /**
     * The member {@code target}: an object whose members name it as those of a request do; empty for single tokens. And
     * {@code issued_before}, if only those are meant.
     */
    public static void putTarget(ObjectNode body, Target target) {
        ObjectNode member = body.putObject("target");
        Choice choice = Choice.of(target);
        choice.selector().ifPresent(selector -> member.put(selector.by().field(), selector.value()));
        choice.issuedBefore().ifPresent(instant -> body.put("issued_before", instant.toString()));
        target.match(
                one -> member,
                realm -> member.put("realm_name", realm.realm().value()),
                user -> member.put("username", user.user().value()),
                user -> member.put("realm_name", user.holder().realm().value())
                        .put("username", user.holder().user().value()),
                all -> member.put("all", true));
    }

    /** The member {@code error_details}: why each of some tokens was left out, and its holder (hashed) if known. */
    public static void putErrors(ObjectNode body, List<String> errors) {
        ArrayNode details = body.putArray("error_details");
        for (String error : errors) {
            Optional<HolderProblem> problem = HolderProblem.parse(error);
            ObjectNode detail = details.addObject()
                    .put("reason", problem.map(HolderProblem::reason).orElse(error));
            problem.ifPresent(its -> detail.put("holder", its.holder()));
        }
    }

    /** The member {@code reason}: its {@code code}, and its {@code text} unless that is empty. */
    public static void putReason(ObjectNode body, Reason reason) {
        ObjectNode member = body.putObject("reason").put("code", reason.code().wireName());
        if (!reason.text().isEmpty()) {
            member.put("text", reason.text());
        }
    }
}
