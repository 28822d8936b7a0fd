package io.revoker.bus.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.RevocationLog.LogPage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The JSON forms of the types that are not plain records. */
public final class JsonForms extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public JsonForms() {
        setMixInAnnotation(Target.class, TargetForm.class);
        setMixInAnnotation(Grant.Facts.class, FactsForm.class);
        setMixInAnnotation(LogEvent.class, EventForm.class);
        setMixInAnnotation(LogPage.class, PageForm.class);
        setMixInAnnotation(TokenId.class, TokenIdForm.class);
        setMixInAnnotation(RealmId.class, RealmForm.class);
        setMixInAnnotation(UserName.class, UserForm.class);
        addSerializer(new ProblemWriter());
        addDeserializer(Problem.class, new ProblemReader());
        addDeserializer(Credential.class, new CredentialReader());
        addSerializer(new FindingForm.Writer());
        addDeserializer(Finding.class, new FindingForm.Reader());
        addDeserializer(Target.Extent.class, new ExtentReader());
    }

    /** Adds the kind of target. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "target")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Target.OneToken.class, name = "token"),
        @JsonSubTypes.Type(value = Target.OneJwt.class, name = "jwt"),
        @JsonSubTypes.Type(value = Target.OfRealm.class, name = "realm"),
        @JsonSubTypes.Type(value = Target.OfUser.class, name = "user"),
        @JsonSubTypes.Type(value = Target.OfUserInRealm.class, name = "user_in_realm"),
        @JsonSubTypes.Type(value = Target.OfAll.class, name = "all"),
        @JsonSubTypes.Type(value = Target.Selected.class, name = "selected"),
        @JsonSubTypes.Type(value = Target.IssuedBefore.class, name = "issued_before")
    })
    private interface TargetForm {}

    /** Adds the kind of event. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = LogEvent.Revoked.class, name = "revoked"),
        @JsonSubTypes.Type(value = LogEvent.Unlocked.class, name = "unlocked"),
        @JsonSubTypes.Type(value = LogEvent.Lost.class, name = "lost")
    })
    private interface EventForm {}

    /** What is computed is left out. */
    private interface PageForm {
        @JsonProperty("isLast")
        boolean isLast();
    }

    /** An older version does not send the session. */
    @SuppressWarnings("UnusedVariable") // only the annotations of the parameters are read
    private abstract static class FactsForm {
        @JsonCreator
        FactsForm(
                @JsonProperty("clientId") String client,
                @JsonProperty("scope") String scope,
                @JsonProperty("session") @JsonSetter(nulls = Nulls.AS_EMPTY) String session,
                @JsonProperty("issuedAt") Instant issuedAt,
                @JsonProperty("credential") Credential credential) {}
    }

    /** Its text, not its bits. */
    private abstract static class TokenIdForm {
        @JsonCreator
        TokenIdForm(@JsonProperty("value") String unused) {}

        @JsonProperty("value")
        abstract String value();
    }

    /** The name as it was given; the sending node has validated it. */
    private abstract static class RealmForm {
        @JsonCreator
        static RealmId stored(@JsonProperty("value") String value) {
            return RealmId.stored(value);
        }

        @JsonProperty("value")
        abstract String value();
    }

    /** The name as it was given; the sending node has validated it. */
    private abstract static class UserForm {
        @JsonCreator
        static UserName stored(@JsonProperty("value") String value) {
            return UserName.stored(value);
        }

        @JsonProperty("value")
        abstract String value();
    }

    /** A problem without its stack trace. */
    private record ProblemForm(Problem.Kind kind, String message, Tally done) {}

    private static final class ProblemWriter extends StdSerializer<Problem> {
        private static final long serialVersionUID = 1L;

        ProblemWriter() {
            super(Problem.class);
        }

        @Override
        public void serialize(Problem problem, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writePOJO(new ProblemForm(problem.kind(), problem.text(), problem.done()));
        }
    }

    private static final class ProblemReader extends StdDeserializer<Problem> {
        private static final long serialVersionUID = 1L;

        ProblemReader() {
            super(Problem.class);
        }

        @Override
        public Problem deserialize(JsonParser in, DeserializationContext context) throws IOException {
            ProblemForm form = context.readValue(in, ProblemForm.class);
            return new Problem(form.kind(), form.message(), form.done());
        }
    }

    /** An older version does not send this field. */
    private static final class CredentialReader extends StdDeserializer<Credential> {
        private static final long serialVersionUID = 1L;

        CredentialReader() {
            super(Credential.class);
        }

        @Override
        public Credential deserialize(JsonParser in, DeserializationContext context) throws IOException {
            CredentialForm form = context.readValue(in, CredentialForm.class);
            return new Credential(form.type(), form.jti(), form.jkt(), form.x5t())
                    .signedBy(form.keyId().orElse(""));
        }

        @Override
        public Credential getNullValue(DeserializationContext context) {
            return Credential.UNKNOWN;
        }
    }

    /** An older version does not send this field. */
    private static final class ExtentReader extends StdDeserializer<Target.Extent> {
        private static final long serialVersionUID = 1L;

        ExtentReader() {
            super(Target.Extent.class);
        }

        @Override
        public Target.Extent deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Target.Extent.valueOf(in.getText());
        }

        @Override
        public Target.Extent getNullValue(DeserializationContext context) {
            return Target.Extent.TOKEN;
        }
    }

    private record CredentialForm(TokenType type, String jti, String jkt, String x5t, Optional<String> keyId) {}
}
