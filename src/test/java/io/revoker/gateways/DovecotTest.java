package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Dovecot with conf/gateways/dovecot.conf. */
@NeedsTools
class DovecotTest {
    private static GuardedGateways revoker;
    private static Dovecot dovecot;
    private static ExecutorService clients;

    @BeforeAll
    static void start() {
        revoker = GuardedGateways.start(List.of());
        dovecot = Dovecot.start(revoker.lines().get(0).port());
        clients = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        clients.shutdownNow();
        dovecot.close();
        revoker.close();
    }

    @Test
    void letsTheHolderOfATokenIn() {
        assertThat(dovecot.login("joe", revoker.access("corp", "joe"))).startsWith("a OK");
    }

    @Test
    void letsTheHolderOfAJwtInThatNobodyRegistered() {
        String user = Api.fresh("joe");
        String jwt = revoker.jwt(user);
        assertThat(dovecot.login(user, jwt)).startsWith("a OK");

        revoker.revoke("{\"token\":\"" + jwt + "\"}");

        assertThat(dovecot.login(user, jwt)).startsWith("a NO [AUTHENTICATIONFAILED]");
    }

    /** Dovecot lets each of them wait. */
    @Test
    void letsNobodyElseIn() {
        String good = revoker.access("corp", "joe");
        String revoked = revoker.access("corp", "ann");
        assertThat(dovecot.login("ann", revoked)).startsWith("a OK");
        revoker.revoke("{\"realm_name\":\"corp\",\"username\":\"ann\"}");

        assertThat(answers(List.of(
                        () -> dovecot.login("ann", revoked),
                        () -> dovecot.login("ann", good),
                        () -> dovecot.login("joe", "garbage"),
                        () -> dovecot.login("joe", revoker.refresh("corp", "joe")))))
                .hasSize(4)
                .allSatisfy(answer -> assertThat(answer).startsWith("a NO [AUTHENTICATIONFAILED]"));
    }

    @Test
    void letsNobodyInWhileRevokerCanNotDecide() {
        String token = revoker.access("corp", "joe");
        Line line = revoker.lines().get(0);

        line.hold();
        String hanging = dovecot.login("joe", token);
        line.release();
        line.cut();
        String down = dovecot.login("joe", token);
        line.join();

        assertThat(List.of(hanging, down))
                .allSatisfy(answer -> assertThat(answer).startsWith("a NO [UNAVAILABLE]"));
        assertThat(dovecot.login("joe", token)).startsWith("a OK");
    }

    @Test
    void writesNoTokenAnywhere() {
        String good = revoker.access("corp", "joe");
        assertThat(dovecot.login("joe", good)).startsWith("a OK");
        assertThat(dovecot.login("joe", "a-token-that-nobody-knows")).startsWith("a NO");

        assertThat(Gateway.filesWith(good, dovecot.place())).isEmpty();
        assertThat(Gateway.filesWith("a-token-that-nobody-knows", dovecot.place()))
                .isEmpty();
        assertThat(Gateway.filesWith("user=<joe>", dovecot.place()))
                .as("control")
                .isNotEmpty();
    }

    private static List<String> answers(List<Supplier<String>> logins) {
        List<CompletableFuture<String>> all = logins.stream()
                .map(login -> CompletableFuture.supplyAsync(login, clients))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }
}
