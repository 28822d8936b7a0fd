package io.revoker.http.ssf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Revocation;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Target;
import io.revoker.domain.streams.EndedSessions;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamEvent;
import io.revoker.http.Json;
import io.revoker.signing.Signer;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes security event tokens (RFC 8417; Shared Signals Framework 1.0, section 4). One that is delivered again has the
 * same {@code jti}, and is signed anew: receivers may refuse an old {@code iat}.
 *
 * @param issuer the URL of the service
 */
public record SecurityEvents(Signer signer, String issuer, InstantSource time) {
    private static final String TYPE = "secevent+jwt";
    private static final String OF_STREAMS = "https://schemas.openid.net/secevent/ssf/event-type/";

    /** Fails with a {@link io.revoker.domain.Problem} if it can't be signed now. */
    public Future<String> sign(EventStream stream, StreamEvent event) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", issuer)
                .put("aud", stream.caller())
                .put("jti", event.id())
                .put("iat", time.instant().getEpochSecond());
        event.revocation().ifPresent(revocation -> tell(claims, revocation));
        event.notice().ifPresent(notice -> tell(claims, stream, notice));
        return signer.sign(TYPE, Json.write(claims));
    }

    private void tell(ObjectNode claims, Revocation revocation) {
        claims.put("txn", revocation.stamp().toString());
        EndedSessions ended = EndedSessions.by(revocation.target()).orElseThrow();
        claims.set("sub_id", subject(ended));
        ObjectNode event = claims.putObject("events")
                .putObject(EndedSessions.TYPE)
                .put("event_timestamp", wholeSeconds(instant(revocation)));
        revocation.reason().flatMap(SecurityEvents::initiator).ifPresent(who -> event.put("initiating_entity", who));
        event.putObject("reason_admin")
                .put("en", revocation.reason().map(SecurityEvents::text).orElse("revoked"));
    }

    /** Until when the sessions have begun that have ended. */
    private static Instant instant(Revocation revocation) {
        Instant revoked = revocation.stamp().instant();
        return revocation.target() instanceof Target.IssuedBefore some
                        && some.instant().isBefore(revoked)
                ? some.instant()
                : revoked;
    }

    /**
     * CAEP 1.0, section 2, has seconds, and receivers read whole numbers only. The second after a fraction: a receiver
     * that ends what has begun before it ends every session that it should.
     */
    private static long wholeSeconds(Instant instant) {
        return instant.getEpochSecond() + (instant.getNano() == 0 ? 0 : 1);
    }

    /** What is left out stands for all (Shared Signals Framework 1.0, section 3.3). */
    private ObjectNode subject(EndedSessions ended) {
        ObjectNode subject = JsonNodeFactory.instance.objectNode().put("format", "complex");
        ended.user()
                .ifPresent(user -> subject.putObject("user")
                        .put("format", "iss_sub")
                        .put("iss", issuer)
                        .put("sub", user.value()));
        ended.realm().ifPresent(realm -> putOpaque(subject, "tenant", realm.value()));
        ended.session().ifPresent(session -> putOpaque(subject, "session", session));
        ended.client().ifPresent(client -> putOpaque(subject, "application", client));
        return subject;
    }

    private static void putOpaque(ObjectNode subject, String member, String id) {
        subject.putObject(member).put("format", "opaque").put("id", id);
    }

    /** CAEP 1.0, section 2; left out where it can't be known. */
    private static Optional<String> initiator(Reason reason) {
        return switch (reason.code()) {
            case LOGOUT -> Optional.of("user");
            case POLICY -> Optional.of("policy");
            case UNSPECIFIED,
                    COMPROMISE,
                    CREDENTIAL_CHANGE,
                    ACCOUNT_DISABLED,
                    AFFILIATION_CHANGED,
                    PRIVILEGE_WITHDRAWN,
                    SUPERSEDED,
                    CESSATION_OF_OPERATION -> Optional.empty();
        };
    }

    private static String text(Reason reason) {
        String code = reason.code().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return reason.text().isEmpty() ? code : code + ": " + reason.text();
    }

    private static void tell(ObjectNode claims, EventStream stream, Notice notice) {
        putOpaque(claims, "sub_id", stream.id());
        ObjectNode events = claims.putObject("events");
        Optional<Condition> changed = notice.matter().changed();
        ObjectNode event = events.putObject(OF_STREAMS + (changed.isPresent() ? "stream-updated" : "verification"));
        notice.matter().state().ifPresent(state -> event.put("state", state));
        changed.ifPresent(now -> event.put("status", now.status().wireName()).put("reason", now.reason()));
    }
}
