package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.NodeScript;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A verifier that nobody here wrote, in JavaScript: @sd-jwt/jwt-status-list, and jose for the signature. */
@NeedsTools
class NodeStatusListTest {
    private static NodeScript verifier;
    private static RunningService service;
    private static Statuses statuses;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        verifier = NodeScript.of(NodeStatusListTest.class, "status-list.mjs");
        service = RunningService.start(Statuses.options(directory));
        statuses = new Statuses(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'token':'TOKEN'",
                "'username':'USER'",
                "'realm_name':'REALM','username':'USER'",
                "'realm_name':'REALM'",
                "'realm_name':'REALM','client_id':'web'",
                "'realm_name':'REALM','session_id':'s-1'",
                "'realm_name':'REALM','kid':'key-1'"
            })
    void seesTokensDie(String target) {
        String realm = Api.fresh("realm");
        String user = Api.fresh("user");
        Place place = statuses.allocate(realm);
        String token = Statuses.token(place, user);
        assertThat(statuses.register(realm, token).status()).isEqualTo(201);
        assertThat(said(token)).isEqualTo("{\"listed\":true,\"bits\":1,\"size\":1024,\"status\":0}");

        String named = target.replace("TOKEN", token).replace("REALM", realm).replace("USER", user);
        assertThat(service.call("POST", "/v1/revocations")
                        .json("{'target':{%s}}".formatted(named).replace('\'', '"'))
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(statuses.statusFromNowOn(place)).isOne();

        assertThat(said(token)).isEqualTo("{\"listed\":true,\"bits\":1,\"size\":1024,\"status\":1}");
    }

    /** Else the test above would not show that it looks at the list. */
    @Test
    void seesNoStatusThatIsNotInTheList() {
        Place place = statuses.allocate("corp");

        assertThat(said(Statuses.token(new Place(1024, place.uri()), "joe"))).contains("Index out of bounds");
    }

    private static String said(String token) {
        return verifier.run(Statuses.ISSUER, "http://127.0.0.1:" + service.port(), token);
    }
}
