package io.revoker.bus;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.revoker.domain.Problem;
import io.revoker.domain.Registration;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Verdict;
import io.vertx.core.eventbus.EventBus;
import java.util.List;

/** The codecs of all messages. The event bus finds a codec by the exact class of a message, and refuses to be told twice. */
public final class Codecs {
    private static final List<Class<?>> MESSAGES = List.of(
            Revoke.class,
            Check.class,
            Register.class,
            FindSweeps.class,
            StopSweep.class,
            FoundSweeps.class,
            Report.class,
            Verdict.class,
            Registration.class,
            Revocation.class);

    private Codecs() {}

    /** To be called once for each Vert.x, before anything is sent. */
    public static void register(EventBus bus) {
        ObjectMapper mapper = mapper();
        MESSAGES.forEach(message -> register(bus, message, mapper));
        register(bus, ProblemReply.class, mapper);
    }

    private static <T> void register(EventBus bus, Class<T> message, ObjectMapper mapper) {
        bus.registerDefaultCodec(message, new JsonCodec<>(message, mapper));
    }

    static ObjectMapper mapper() {
        SimpleModule problems = new SimpleModule()
                .setMixInAnnotation(Target.class, TargetForm.class)
                .addSerializer(ProblemReply.class, new ProblemForm.Writer())
                .addDeserializer(ProblemReply.class, new ProblemForm.Reader());
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule(), problems)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
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

    /** A problem without its stack trace. */
    record ProblemForm(Problem.Kind kind, String message, Tally done) {
        private static final class Writer extends com.fasterxml.jackson.databind.JsonSerializer<ProblemReply> {
            @Override
            public void serialize(
                    ProblemReply reply,
                    com.fasterxml.jackson.core.JsonGenerator out,
                    com.fasterxml.jackson.databind.SerializerProvider provider)
                    throws java.io.IOException {
                Problem problem = reply.problem();
                out.writePOJO(new ProblemForm(problem.kind(), problem.text(), problem.done()));
            }
        }

        private static final class Reader extends com.fasterxml.jackson.databind.JsonDeserializer<ProblemReply> {
            @Override
            public ProblemReply deserialize(
                    com.fasterxml.jackson.core.JsonParser in,
                    com.fasterxml.jackson.databind.DeserializationContext context)
                    throws java.io.IOException {
                ProblemForm form = in.readValueAs(ProblemForm.class);
                return new ProblemReply(new Problem(form.kind(), form.message(), form.done()));
            }
        }
    }
}
