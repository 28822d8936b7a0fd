package io.revoker.http.followers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each caller has followers of its own. */
class FollowersOfCallersTest {
    private static final String PATH = "/v1/followers/";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void needThePrivilegeToFollow() {
        assertThat(call(ClientFiles.GATEWAY, "PUT", PATH + "one").status()).isEqualTo(403);
        assertThat(call(ClientFiles.OPS, "GET", "/v1/followers").status()).isEqualTo(403);
        assertThat(call(ClientFiles.ISSUER, "DELETE", PATH + "one").status()).isEqualTo(403);
    }

    @Test
    void areSeenByTheirCallerAndByWhoMayDoEverything() {
        String ours = Api.fresh("ours");
        String theirs = Api.fresh("theirs");
        assertThat(call(ClientFiles.CORP, "PUT", PATH + ours).status()).isEqualTo(200);
        assertThat(call(ClientFiles.ROOT, "PUT", PATH + theirs).status()).isEqualTo(200);

        assertThat(names(ClientFiles.CORP)).contains("corp-admin " + ours).doesNotContain("root " + theirs);
        assertThat(names(ClientFiles.ROOT)).contains("corp-admin " + ours, "root " + theirs);
    }

    @Test
    void haveNamesOfTheirOwn() {
        String name = Api.fresh("same");
        call(ClientFiles.CORP, "PUT", PATH + name);
        call(ClientFiles.ROOT, "PUT", PATH + name);

        assertThat(call(ClientFiles.CORP, "DELETE", PATH + name).status()).isEqualTo(204);

        assertThat(names(ClientFiles.ROOT)).contains("root " + name).doesNotContain("corp-admin " + name);
    }

    @Test
    void areRemovedByTheirCallerAndByWhoMayDoEverything() {
        String name = Api.fresh("one");
        call(ClientFiles.CORP, "PUT", PATH + name);
        call(ClientFiles.ROOT, "PUT", PATH + name);

        assertThat(call(ClientFiles.CORP, "DELETE", PATH + name + "?caller=root")
                        .status())
                .isEqualTo(403);
        assertThat(call(ClientFiles.ROOT, "DELETE", PATH + name + "?caller=corp-admin")
                        .status())
                .isEqualTo(204);

        assertThat(names(ClientFiles.ROOT)).contains("root " + name).doesNotContain("corp-admin " + name);
    }

    private static Reply call(String caller, String method, String path) {
        return service.call(method, path)
                .basic(caller, ClientFiles.SECRET)
                .json(method.equals("PUT") ? "{\"confirmed\":\"1\"}" : "")
                .send();
    }

    private static Iterable<String> names(String caller) {
        JsonNode followers = call(caller, "GET", "/v1/followers").json().path("followers");
        return StreamSupport.stream(followers.spliterator(), false)
                .map(one -> one.path("caller").asText() + ' ' + one.path("name").asText())
                .toList();
    }
}
