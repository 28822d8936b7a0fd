package io.revoker.bus;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.revoker.bus.Verdicts.CheckOutcome;
import io.revoker.bus.json.JsonCodec;
import io.revoker.bus.json.JsonForms;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.bus.sweeps.SweepStopped;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Verdict;
import io.revoker.domain.audit.AuditRequests;
import io.revoker.domain.followers.FollowerRequests;
import io.revoker.domain.statuslists.StatusRequests;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.streams.StreamRequests;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The codecs of all messages. The event bus finds a codec by the exact class of a message, and refuses a second codec
 * for the same class.
 */
public final class Codecs {
    private static final List<Class<?>> MESSAGES = List.of(
            Revoke.class,
            Count.class,
            Check.class,
            CheckAll.class,
            Verdicts.class,
            Register.class,
            FindSweeps.class,
            StopSweep.class,
            SweepStopped.class,
            FoundSweeps.class,
            FindGrants.class,
            ReadLog.class,
            RevocationLog.LogPage.class,
            LockStore.Find.class,
            LockStore.Remove.class,
            LockStore.Found.class,
            AnswerStore.Reserve.class,
            AnswerStore.Settle.class,
            AnswerStore.Reserved.class,
            HeldGrants.class,
            ListedGrants.Find.class,
            ListedGrants.class,
            Report.class,
            Verdict.class,
            Registration.class,
            Revocation.class);

    private static final Set<Class<?>> KNOWN = messages().collect(Collectors.toUnmodifiableSet());

    private Codecs() {}

    /** Called once for each Vert.x, before anything is sent. */
    public static void register(EventBus bus) {
        ObjectMapper mapper = mapper();
        messages().forEach(message -> register(bus, message, mapper));
        register(bus, ProblemReply.class, mapper);
    }

    /**
     * The body of a message; one from another JVM is decoded only here.
     *
     * @throws Problem invalid, if it is not readable, or not a message of the service
     */
    static <T> T read(Message<T> message) {
        try {
            T body = Objects.requireNonNull(message.body(), "nothing");
            if (KNOWN.contains(body.getClass())) {
                return body;
            }
            throw new IllegalArgumentException(body.getClass().getName());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw Problem.invalid("message: " + e.getMessage() + " (expected: a message of this version)");
        }
    }

    static Stream<Class<?>> messages() {
        return Stream.of(
                        MESSAGES,
                        StreamRequests.MESSAGES,
                        FollowerRequests.MESSAGES,
                        StatusRequests.MESSAGES,
                        AuditRequests.MESSAGES)
                .flatMap(List::stream);
    }

    private static <T> void register(EventBus bus, Class<T> message, ObjectMapper mapper) {
        bus.registerDefaultCodec(message, new JsonCodec<>(message, mapper));
    }

    /**
     * Reads what another version has written: what is new is ignored, and a set or a list that is missing is empty.
     * Anything else that is missing, or of another type, is an error.
     */
    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .withConfigOverride(
                        Set.class, sets -> sets.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .withConfigOverride(
                        List.class, lists -> lists.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .addModules(new Jdk8Module(), new JavaTimeModule(), new JsonForms())
                .addMixIn(CheckOutcome.class, OutcomeForm.class)
                .addMixIn(ProblemReply.class, ReplyForm.class)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    /** Adds whether the check was answered. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = CheckOutcome.Decided.class, name = "decided"),
        @JsonSubTypes.Type(value = CheckOutcome.Undecided.class, name = "undecided")
    })
    private interface OutcomeForm {}

    /** The form of the problem in it. */
    private abstract static class ReplyForm {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        ReplyForm(Problem unused) {}

        @JsonValue
        abstract Problem problem();
    }
}
