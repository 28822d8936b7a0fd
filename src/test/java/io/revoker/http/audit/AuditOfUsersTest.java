package io.revoker.http.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who searches for a user or a realm finds what hit it, whatever the act has named. */
class AuditOfUsersTest {
    private static final String USER = "{\"username\":\"joe\"}";
    private static final String USER_IN_REALM = "{\"realm_name\":\"corp\",\"username\":\"joe\"}";
    private static final String REALM = "{\"realm_name\":\"corp\"}";
    private static final String CLIENT = "{\"realm_name\":\"corp\",\"client_id\":\"web\"}";
    private static final String SESSION = "{\"realm_name\":\"corp\",\"session_id\":\"s1\"}";
    private static final String SESSION_OF_USER =
            "{\"realm_name\":\"corp\",\"username\":\"joe\",\"session_id\":\"s1\"}";
    private static final String ALL = "{\"all\":true}";

    private final RunningService service =
            RunningService.start("--redis.prefix=" + Api.fresh("audit"), "--audit.interval=100ms");

    @AfterEach
    void close() {
        service.close();
    }

    private String revoke(String target) {
        return service.call("POST", "/v1/revocations")
                .json("{\"target\":" + target + "}")
                .send()
                .header("Revoker-Stamp");
    }

    private List<String> found(String query) {
        return entries("kind=revocation&order=oldest&" + query).stream()
                .map(entry -> entry.required("stamp").textValue())
                .toList();
    }

    @Test
    void findsWhatHitThem() {
        String user = revoke(USER);
        String userInRealm = revoke(USER_IN_REALM);
        String realm = revoke(REALM);
        String client = revoke(CLIENT);
        String session = revoke(SESSION);
        String ofUser = revoke(SESSION_OF_USER);
        String all = revoke(ALL);

        assertThat(found("username=joe")).containsExactly(user, userInRealm, realm, client, ofUser, all);
        assertThat(found("username=ann")).containsExactly(realm, client, all);
        assertThat(found("realm_name=corp")).containsExactly(userInRealm, realm, client, session, ofUser, all);
        assertThat(found("realm_name=lab")).containsExactly(all);
        assertThat(found("realm_name=corp&username=joe"))
                .containsExactly(user, userInRealm, realm, client, ofUser, all);
        assertThat(found("realm_name=lab&username=joe")).containsExactly(user, all);
        assertThat(found("realm_name=corp&username=ann")).containsExactly(realm, client, all);
    }

    /** Not even with a count of them. */
    @Test
    void findsNothingThatRevokedNothing() {
        new Api(service).access("corp", "joe");
        Waiting.until(
                "the count", () -> !entries("realm_name=corp&kind=registration").isEmpty());

        assertThat(entries("username=joe")).isEmpty();
        assertThat(entries("realm_name=corp&username=joe")).isEmpty();
    }

    private List<JsonNode> entries(String query) {
        return service.call("GET", "/v1/audit?" + query).send().each("entries");
    }
}
