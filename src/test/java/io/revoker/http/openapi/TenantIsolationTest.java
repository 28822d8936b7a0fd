package io.revoker.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.openapi.TenantRow.Kind;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A caller that may do everything in its own realm can't see, revoke, stop or count anything of another realm, nor find
 * out whether it exists. Every route of the description returns the same for things of the other realm, good or
 * revoked, as for things that don't exist.
 */
class TenantIsolationTest {
    private static final Issuer THEIRS = Tenant.issuer();
    private static RunningService service;
    private static RunningService sweeper;
    private static Asker ours;
    private static Asker everybodys;
    private static String sweep;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        String clients = ClientFiles.option();
        String prefix = "--redis.prefix=" + Api.fresh("tenants");
        service = RunningService.start(
                clients,
                prefix,
                "--oauth.issuer=https://auth.example",
                "--realms.file="
                        + Files.writeString(
                                directory.resolve("realms.yaml"), "realms:\n" + Tenant.realm(directory, THEIRS)),
                "--signing.file=" + SigningFile.in(directory),
                "--ssf.enabled=true",
                "--status-list.enabled=true");
        sweeper = RunningService.start(clients, prefix, "--sweep.rate-limit=1", "--sweep.batch-size=1");
        ours = new Asker(service, ClientFiles.CORP);
        everybodys = new Asker(service, ClientFiles.ROOT);
        sweep = Tenant.beginSweep(sweeper);
    }

    @AfterAll
    static void stop() {
        sweeper.close();
        service.close();
    }

    static Stream<TenantRow> probes() {
        return TenantRows.all().stream().filter(row -> row.kind() == Kind.PROBE || row.kind() == Kind.PROBE_OF_TOKEN);
    }

    /** Those of single tokens. */
    static Stream<TenantRow> probesOfTokens() {
        return TenantRows.all().stream().filter(row -> row.kind() == Kind.PROBE_OF_TOKEN);
    }

    static Stream<TenantRow> others() {
        return TenantRows.all().stream().filter(row -> row.kind() == Kind.LIST || row.kind() == Kind.SAME_FOR_ALL);
    }

    @Test
    void everyOperationHasARowAndEveryRowAnOperation() {
        assertThat(TenantRows.all().stream().map(TenantRow::operation).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(operations());
    }

    @ParameterizedTest
    @MethodSource("probes")
    void tellsOfTheirThingsWhatItTellsOfNothing(TenantRow row) {
        tellsTheSame(
                row,
                Tenant.absent(),
                Tenant.live(service, sweep),
                Tenant.live(service, sweep).revokedBy(service));
    }

    /** A good JWT that nobody registered can't be told from one that somebody else has signed. */
    @ParameterizedTest
    @MethodSource("probesOfTokens")
    void tellsOfTheirJwtsWhatItTellsOfForgedOnes(TenantRow row) {
        tellsTheSame(
                row,
                Tenant.absent(Tenant.issuer().accessToken("ES256", "")),
                Tenant.live(service, sweep, THEIRS),
                Tenant.live(service, sweep, THEIRS).revokedBy(service));
    }

    private static void tellsTheSame(TenantRow row, Tenant absent, Tenant live, Tenant revoked) {
        String before = live.state(service) + revoked.state(service);
        assertThat(before).startsWith("true true").contains("false false");

        Map<String, String> ofNothing = told(absent, row.question().apply(ours, absent));

        assertThat(ofNothing).containsEntry("status", Integer.toString(row.status()));
        assertThat(told(live, row.question().apply(ours, live))).isEqualTo(ofNothing);
        assertThat(told(revoked, row.question().apply(ours, revoked))).isEqualTo(ofNothing);
        assertThat(live.state(service) + revoked.state(service)).isEqualTo(before);
        assertThat(told(live, row.question().apply(everybodys, live)))
                .as("control: what a caller that may see it gets")
                .isNotEqualTo(ofNothing);
    }

    @ParameterizedTest
    @MethodSource("others")
    void namesNoneOfTheirThings(TenantRow row) {
        namesNothing(row, Tenant.live(service, sweep));
    }

    /** Routes that answer alike must not revoke a JWT that nobody registered. */
    @ParameterizedTest
    @MethodSource("others")
    void namesNoneOfTheirJwts(TenantRow row) {
        namesNothing(row, Tenant.live(service, sweep, THEIRS));
    }

    private static void namesNothing(TenantRow row, Tenant theirs) {
        String before = theirs.state(service);

        Reply answer = row.question().apply(ours, theirs);

        assertThat(theirs.state(service)).isEqualTo(before);
        assertThat(answer.status()).isEqualTo(row.status());
        assertThat(theirs.isNamedIn(answer.headers() + answer.body())).isFalse();
        assertThat(theirs.isNamedIn(row.question().apply(everybodys, theirs).body()))
                .as("control: what a caller that may see it gets")
                .isEqualTo(row.kind() == Kind.LIST);
    }

    /**
     * A caller that has a token of another realm learns that it is taken, since no two realms can have the same token.
     * It learns neither whose token it is nor whether it is good.
     */
    @Test
    void saysOfATakenTokenThatItIsTakenAndNothingElse() {
        Tenant live = Tenant.live(service, sweep);
        Tenant revoked = Tenant.live(service, sweep).revokedBy(service);

        Map<String, String> ofLive = told(live, takeOver(live));

        assertThat(ofLive).containsEntry("status", "409");
        assertThat(ofLive.get("body"))
                .contains("token: registered already, with other facts")
                .doesNotContain("realm");
        assertThat(told(revoked, takeOver(revoked))).isEqualTo(ofLive);
        assertThat(live.state(service)).startsWith("true true");
    }

    @Test
    void refusesToRevokeEverythingForACallerOfOneRealm() {
        Tenant live = Tenant.live(service, sweep, THEIRS);
        String before = live.state(service);

        assertThat(ours.json("POST", "/v1/revocations", "{\"target\":{\"all\":true}}")
                        .status())
                .isEqualTo(403);
        assertThat(live.state(service)).isEqualTo(before);
    }

    /** As the manual says: no user and no token; realms only of JWTs, and clients only of streams of events. */
    @Test
    void namesRealmsAndClientsToOperatorsOnlyWhereTheManualSaysSo() {
        Tenant theirs = Tenant.live(service, sweep, THEIRS);
        ours.check("GET", "/v1/check", theirs.access());

        List<String> metrics = ours.manage("GET", "/metrics").body().lines().toList();

        assertThat(metrics)
                .filteredOn(theirs::isNamedIn)
                .isNotEmpty()
                .allMatch(line ->
                        line.matches("revoker_jwt_(keys|key_fetches|iat)_.*\\{.*realm=\"" + theirs.realm() + "\".*")
                                || line.startsWith("revoker_ssf_push_lag_seconds{"));
        assertThat(metrics).noneMatch(line -> line.contains(theirs.user()) || line.contains(theirs.access()));
    }

    private static Reply takeOver(Tenant theirs) {
        return ours.json("POST", "/v1/tokens", Tenant.registration("corp", "eve", theirs.access(), Api.fresh("r")));
    }

    private static List<String> operations() {
        return Description.ofService().operations().stream()
                .map(TenantRow::operation)
                .toList();
    }

    /** All of an answer but the names that its question had, and the time. */
    private static Map<String, String> told(Tenant asked, Reply answer) {
        Map<String, String> told = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> told.put(name, asked.anonymous(values.toString())));
        told.keySet().removeIf("date"::equalsIgnoreCase);
        told.put("status", Integer.toString(answer.status()));
        told.put("body", asked.anonymous(answer.body()));
        return told;
    }
}
