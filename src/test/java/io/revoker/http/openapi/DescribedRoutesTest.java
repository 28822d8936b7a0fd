package io.revoker.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes that run, held against the description. */
class DescribedRoutesTest {
    private static final Description DESCRIPTION = Description.ofService();

    @TempDir
    private static Path directory;

    private static DescribedService service;

    @BeforeAll
    static void start() throws IOException {
        service = DescribedService.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryOperationIsServed() {
        assertThat(faults(DESCRIPTION)).isEmpty();
    }

    @Test
    void theServiceServesThisVeryDescription() {
        Answer answer = service.send(Call.of(Listener.CLIENTS, "GET", "/openapi.yaml"));
        assertThat(Bodies.read(answer.mediaType(), answer.body())).containsExactly(DESCRIPTION.root());
    }

    @Test
    void findsAPathThatIsNotDescribed() {
        Description changed = DESCRIPTION.but(root -> root.withObject("/paths").remove("/v1/check/{rest}"));
        assertThat(faults(changed)).containsExactly("/v1/check/{rest}: is not described");
    }

    @Test
    void findsAnOperationThatIsNotDescribed() {
        Description changed =
                DESCRIPTION.but(root -> ((ObjectNode) root.at("/paths/~1_security~1oauth2~1token")).remove("delete"));
        assertThat(faults(changed)).containsExactly("delete /_security/oauth2/token: answers 401 and is not described");
    }

    @Test
    void findsAnOperationThatIsNotServed() {
        Description changed = DESCRIPTION.but(root ->
                ((ObjectNode) root.at("/paths/~1openapi.yaml")).set("put", root.at("/paths/~1openapi.yaml/get")));
        assertThat(faults(changed)).containsExactly("put /openapi.yaml: answers 405 and is described");
    }

    private static List<String> faults(Description description) {
        return new RouteCheck(service).faults(description);
    }
}
