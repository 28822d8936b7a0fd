package io.revoker.bus;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.revoker.domain.Credential;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenType;
import io.revoker.domain.UserName;
import java.io.IOException;

/** The JSON forms of what is no plain record. */
final class JsonForms extends SimpleModule {
    private static final long serialVersionUID = 1L;

    JsonForms() {
        setMixInAnnotation(Target.class, TargetForm.class);
        setMixInAnnotation(CheckOutcome.class, OutcomeForm.class);
        setMixInAnnotation(TokenId.class, TokenIdForm.class);
        setMixInAnnotation(RealmId.class, RealmForm.class);
        setMixInAnnotation(UserName.class, UserForm.class);
        setMixInAnnotation(ProblemReply.class, ReplyForm.class);
        addSerializer(new ProblemWriter());
        addDeserializer(Problem.class, new ProblemReader());
        addDeserializer(Credential.class, new CredentialReader());
    }

    /** Says which kind of target it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "target")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Target.OneToken.class, name = "token"),
        @JsonSubTypes.Type(value = Target.OfRealm.class, name = "realm"),
        @JsonSubTypes.Type(value = Target.OfUser.class, name = "user"),
        @JsonSubTypes.Type(value = Target.OfUserInRealm.class, name = "user_in_realm")
    })
    private interface TargetForm {}

    /** Says whether the check was answered. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = CheckOutcome.Decided.class, name = "decided"),
        @JsonSubTypes.Type(value = CheckOutcome.Undecided.class, name = "undecided")
    })
    private interface OutcomeForm {}

    /** Its text, not its bits. */
    private abstract static class TokenIdForm {
        @JsonCreator
        TokenIdForm(@JsonProperty("value") String unused) {}

        @JsonProperty("value")
        abstract String value();
    }

    /** As it was given; whoever sends it has let it in. */
    private abstract static class RealmForm {
        @JsonCreator
        static RealmId stored(@JsonProperty("value") String value) {
            return RealmId.stored(value);
        }

        @JsonProperty("value")
        abstract String value();
    }

    /** As it was given; whoever sends it has let it in. */
    private abstract static class UserForm {
        @JsonCreator
        static UserName stored(@JsonProperty("value") String value) {
            return UserName.stored(value);
        }

        @JsonProperty("value")
        abstract String value();
    }

    /** That of the problem in it. */
    private abstract static class ReplyForm {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        ReplyForm(Problem unused) {}

        @JsonValue
        abstract Problem problem();
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
            ProblemForm form = in.readValueAs(ProblemForm.class);
            return new Problem(form.kind(), form.message(), form.done());
        }
    }

    /** An older version does not know that there is any. */
    private static final class CredentialReader extends StdDeserializer<Credential> {
        private static final long serialVersionUID = 1L;

        CredentialReader() {
            super(Credential.class);
        }

        @Override
        public Credential deserialize(JsonParser in, DeserializationContext context) throws IOException {
            CredentialForm form = in.readValueAs(CredentialForm.class);
            return new Credential(form.type(), form.jti(), form.jkt(), form.x5t());
        }

        @Override
        public Credential getNullValue(DeserializationContext context) {
            return Credential.UNKNOWN;
        }
    }

    private record CredentialForm(TokenType type, String jti, String jkt, String x5t) {}
}
