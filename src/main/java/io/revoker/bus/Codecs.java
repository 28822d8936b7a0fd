package io.revoker.bus;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.revoker.bus.sweeps.FindSweeps;
import io.revoker.bus.sweeps.FoundSweeps;
import io.revoker.bus.sweeps.StopSweep;
import io.revoker.bus.sweeps.SweepStopped;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Verdict;
import io.revoker.domain.followers.FollowerRequests;
import io.revoker.domain.statuslists.StatusRequests;
import io.revoker.domain.store.AnswerStore;
import io.revoker.domain.store.HeldGrants;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.streams.StreamRequests;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.Set;

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
            Report.class,
            Verdict.class,
            Registration.class,
            Revocation.class);

    private Codecs() {}

    /** Called once for each Vert.x, before anything is sent. */
    public static void register(EventBus bus) {
        ObjectMapper mapper = mapper();
        MESSAGES.forEach(message -> register(bus, message, mapper));
        StreamRequests.MESSAGES.forEach(message -> register(bus, message, mapper));
        FollowerRequests.MESSAGES.forEach(message -> register(bus, message, mapper));
        StatusRequests.MESSAGES.forEach(message -> register(bus, message, mapper));
        register(bus, ProblemReply.class, mapper);
    }

    private static <T> void register(EventBus bus, Class<T> message, ObjectMapper mapper) {
        bus.registerDefaultCodec(message, new JsonCodec<>(message, mapper));
    }

    /** A set or a list that an older version does not send is read as empty. */
    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .withConfigOverride(
                        Set.class, sets -> sets.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .withConfigOverride(
                        List.class, lists -> lists.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .addModules(new Jdk8Module(), new JavaTimeModule(), new JsonForms())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
