package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Strimzi's OAuth library in the place where a Kafka broker has it, with conf/gateways/kafka.properties. */
class KafkaBrokerIT {
    private static final String NOT_ACTIVE = "out Token validation failed: Token not active ";

    private static GuardedGateways revoker;
    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        revoker = GuardedGateways.start(List.of());
        broker = KafkaBroker.start(revoker.lines().get(0).port());
    }

    @AfterAll
    static void stop() {
        broker.close();
        revoker.close();
    }

    @Test
    void letsTheHolderOfATokenIn() {
        assertThat(broker.login(revoker.access("corp", "joe", "\"client_id\":\"app\",\"scope\":\"read write\"")))
                .isEqualTo("in joe");
        assertThat(broker.login(revoker.access("corp", "ann"))).isEqualTo("in ann");
    }

    @Test
    void letsTheHolderOfAJwtInThatNobodyRegistered() {
        String user = Api.fresh("joe");
        String jwt = revoker.jwt(user);
        assertThat(broker.login(jwt)).isEqualTo("in " + user);

        revoker.revoke("{\"token\":\"" + jwt + "\"}");

        assertThat(broker.login(jwt)).startsWith(NOT_ACTIVE);
    }

    @Test
    void refusesWhatHasBeenRevoked() {
        String realm = Api.fresh("realm");
        Map<String, String> byRevocation = Map.of(
                revoker.access("corp", "joe"), "{\"token\":\"TOKEN\"}",
                revoker.access("corp", "ann"), "{\"username\":\"ann\"}",
                revoker.access("corp", "bob"), "{\"realm_name\":\"corp\",\"username\":\"bob\"}",
                revoker.access(realm, "joe"), "{\"realm_name\":\"" + realm + "\"}");

        byRevocation.forEach((token, revocation) -> {
            assertThat(broker.login(token)).as(revocation).startsWith("in ");
            revoker.revoke(revocation.replace("TOKEN", token));
            assertThat(broker.login(token)).as(revocation).startsWith(NOT_ACTIVE);
        });
    }

    @Test
    void letsNobodyElseIn() {
        assertThat(List.of(broker.login("garbage"), broker.login(revoker.refresh("corp", "joe"))))
                .allSatisfy(answer -> assertThat(answer).startsWith(NOT_ACTIVE));
    }

    @Test
    void letsNobodyInWhileRevokerCanNotDecide() {
        String token = revoker.access("corp", "joe");
        Line line = revoker.lines().get(0);

        line.hold();
        String hanging = broker.login(token);
        line.release();
        line.cut();
        String down = broker.login(token);
        line.join();

        assertThat(List.of(hanging, down))
                .allSatisfy(answer -> assertThat(answer).startsWith("out "));
        assertThat(broker.login(token)).isEqualTo("in joe");
    }

    @Test
    void writesNoTokenAnywhere() {
        String good = revoker.access("corp", "joe");
        assertThat(broker.login(good)).startsWith("in ");
        assertThat(broker.login("a-token-that-nobody-knows")).startsWith("out ");

        for (String token : List.of(good, "a-token-that-nobody-knows")) {
            assertThat(Gateway.filesWith(token, broker.place())).isEmpty();
        }
        assertThat(Gateway.filesWith("OAuthBearerLoginModule", broker.place()))
                .as("control")
                .isNotEmpty();
    }
}
