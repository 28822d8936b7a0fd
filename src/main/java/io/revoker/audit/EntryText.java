package io.revoker.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.revoker.domain.RealmId;
import io.revoker.domain.Selector;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.audit.Result;
import io.revoker.domain.store.Choice;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The members of an entry, as JSON without the braces around them; there are always some. */
final class EntryText {
    private static final JsonFactory JSON = new JsonFactory();

    /** As many characters of the id of a token as the list of a user's tokens shows. */
    private static final int ID_LENGTH = 10;

    /** Of a text that comes from outside. */
    private static final int LONGEST = 256;

    private EntryText() {}

    private interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    /** What is known when the act is asked for. */
    static String facts(Act act, Instant time) {
        return text(out -> facts(out, act, time));
    }

    /** The same, and whose token it is about. */
    static String facts(Act act, Instant time, UserInRealm holder) {
        return text(out -> {
            facts(out, act, time);
            write(out, holder);
        });
    }

    private static void facts(JsonGenerator out, Act act, Instant time) throws IOException {
        out.writeStringField("time", time.truncatedTo(ChronoUnit.MICROS).toString());
        out.writeStringField("kind", act.kind().wireName());
        write(out, act.origin());
        if (!act.subject().isEmpty()) {
            out.writeStringField("subject", cut(act.subject()));
        }
        if (act.target().isPresent()) {
            write(out, act.target().get());
        }
        if (act.lockedUntil().isPresent()) {
            out.writeStringField("locked_until", act.lockedUntil().get().toString());
        }
        if (act.reason().isPresent()) {
            out.writeObjectFieldStart("reason");
            out.writeStringField("code", act.reason().get().code().wireName());
            if (!act.reason().get().text().isEmpty()) {
                out.writeStringField("text", act.reason().get().text());
            }
            out.writeEndObject();
        }
    }

    /**
     * What has become of it.
     *
     * @param asked the target whose names the entry has already
     */
    static String result(Result result, Optional<Target> asked) {
        return text(out -> {
            if (result.found().isPresent()) {
                write(out, result.found().get());
            } else if (result.holder().isPresent()) {
                if (asked.map(Target::whole)
                        .filter(Target.OneJwt.class::isInstance)
                        .isEmpty()) {
                    realm(out, result.holder().get().realm());
                }
                user(out, result.holder().get().user());
            }
            out.writeStringField("outcome", result.state().wireName());
            if (!result.stamp().equals(Stamp.NONE)) {
                out.writeStringField("stamp", result.stamp().toString());
            }
            if (result.tally().isPresent()) {
                out.writeNumberField("invalidated_tokens", result.tally().get().invalidated());
                out.writeNumberField(
                        "previously_invalidated_tokens", result.tally().get().previouslyInvalidated());
            }
            for (Result.Count count : result.counts()) {
                out.writeNumberField(count.name(), count.number());
            }
            if (!result.detail().isEmpty()) {
                out.writeStringField("detail", cut(result.detail()));
            }
        });
    }

    private static void write(JsonGenerator out, Origin origin) throws IOException {
        out.writeStringField("caller", cut(origin.caller()));
        if (!origin.address().isEmpty()) {
            out.writeStringField("address", origin.address());
        }
        out.writeStringField("via", cut(origin.way()));
    }

    /** Its kind as the log shows it, and its names as a request has them. */
    private static void write(JsonGenerator out, Target target) throws IOException {
        Choice choice = Choice.of(target);
        Target base = target.whole();
        out.writeStringField("target", choice.selector().isPresent() ? "selected" : base.label());
        if (base instanceof Target.OneToken one) {
            token(out, one.kind().field(), one.id());
        } else if (base instanceof Target.OneJwt one) {
            token(out, "jwt", one.id());
            realm(out, one.realm());
        } else if (base instanceof Target.OfRealm of) {
            realm(out, of.realm());
        } else if (base instanceof Target.OfUser of) {
            user(out, of.user());
        } else if (base instanceof Target.OfUserInRealm of) {
            write(out, of.holder());
        }
        if (choice.selector().isPresent()) {
            Selector selector = choice.selector().get();
            out.writeStringField(selector.by().field(), selector.value());
        }
        if (choice.issuedBefore().isPresent()) {
            out.writeStringField("issued_before", choice.issuedBefore().get().toString());
        }
    }

    private static void token(JsonGenerator out, String kind, TokenId id) throws IOException {
        out.writeStringField("token_type", kind);
        out.writeStringField("token_id", id.value().substring(0, ID_LENGTH));
    }

    private static void write(JsonGenerator out, UserInRealm holder) throws IOException {
        realm(out, holder.realm());
        user(out, holder.user());
    }

    private static void realm(JsonGenerator out, RealmId realm) throws IOException {
        out.writeStringField("realm_name", realm.value());
    }

    private static void user(JsonGenerator out, UserName user) throws IOException {
        out.writeStringField("username", user.value());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static String text(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text takes what is written to it", e);
        }
        return text.getBuffer().substring(1, text.getBuffer().length() - 1);
    }
}
