package io.revoker.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.revoker.caller.ClientFile.Client;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFileTest {
    private static final String HASH = "b333c0a4772e9e3c81513f7f52fb9f4fb83c835b7d2a21ce992ff14df8562cda";

    @TempDir
    Path directory;

    @Test
    void readsIdPrivilegesAndRealms() throws IOException {
        List<Client> clients = read("""
                clients:
                  - id: ops
                    secret: "sha256:%s"
                    privileges: [invalidate, check]
                    realms: [corp, partners]
                  - id: as 1
                    secret: "sha256:%s"
                    privileges: [admin]
                """.formatted(HASH, HASH));

        assertThat(clients)
                .extracting(Client::caller)
                .containsExactly(
                        new Caller(
                                "ops",
                                Set.of(Privilege.INVALIDATE, Privilege.CHECK),
                                RealmScope.only(Set.of(new RealmId("corp"), new RealmId("partners")))),
                        new Caller("as 1", Set.of(Privilege.ADMIN), RealmScope.ALL));
    }

    @Test
    void readsJsonIndentedByTabsToo() throws IOException {
        Path file = directory.resolve("clients.json");
        Files.writeString(file, """
                {"clients": [
                \t{"id": "ops", "secret": "sha256:%s",
                \t"privileges": ["check"]}]}
                """.formatted(HASH));

        assertThat(ClientFile.read(file)).extracting(Client::id).containsExactly("ops");
    }

    @Test
    void tellsWhereJsonIsBroken() throws IOException {
        Path file = Files.writeString(directory.resolve("clients.json"), "{\"clients\": [],\n \"clients\": []}");

        assertThat(catchThrowableOfType(DocumentException.class, () -> ClientFile.read(file))
                        .problems())
                .containsExactly("the file: malformed at line 2, column 11 (expected: YAML or JSON, every key once)");
    }

    @Test
    void tellsEveryFaultAtOnceWithItsPlace() throws IOException {
        List<String> faults = faults("""
                colour: red
                clients:
                  - id: ops
                    secret: "sha256:1234"
                    privileges: [fly, check, Feed]
                    realms: []
                    sceret: x
                  - secret: plain
                    privileges: []
                    realms: [corp, 7, ""]
                  - just text
                  - id: 12
                    secret: null
                    privileges: check
                    realms: null
                """);

        assertThat(faults)
                .containsExactly(
                        "colour: unknown (expected: clients)",
                        "clients[0].sceret: unknown (expected: id, secret, privileges, realms, certificate, jwks, ca, allow-http, allow-private-addresses)",
                        "clients[0].secret: malformed sha256 (expected: 64 hex digits)",
                        "clients[0].privileges: [fly, Feed] (expected: invalidate, register, check, introspect-refresh, feed, audit, admin)",
                        "clients[0].realms: empty (expected: a list of one or more)",
                        "clients[1].id: absent (expected: text)",
                        "clients[1].secret: malformed (expected: sha256:<64 hex digits>, "
                                + "pbkdf2-sha256:<iterations>:<base64 salt>:<base64 hash> or bcrypt:$2b$<cost>$<53 characters>)",
                        "clients[1].privileges: empty (expected: a list of one or more)",
                        "clients[1].realms[1]: number (expected: text)",
                        "clients[2]: string (expected: id, secret, privileges, realms, certificate, jwks, ca, allow-http, allow-private-addresses)",
                        "clients[3].id: number (expected: text)",
                        "clients[3].secret: null (expected: text)",
                        "clients[3].privileges: string (expected: a list of one or more)",
                        "clients[3].realms: null (expected: a list of one or more)");
    }

    @Test
    void wantsOneProofOfEachClient() throws IOException {
        assertThat(faults("""
                clients:
                  - {id: a, secret: "sha256:1234", jwks: keys.json, privileges: [check]}
                  - {id: b, jwks: keys.json, certificate: {san-dns: b.example}, privileges: [check]}
                  - {id: c, certificate: {}, privileges: [check]}
                  - {id: d, certificate: {san-dns: d.example, san-uri: "https://d.example"}, privileges: [check]}
                  - {id: e, certificate: {subject-dn: not a name}, privileges: [check]}
                  - {id: f, certificate: {san-ip: f.example}, privileges: [check]}
                  - {id: g, certificate: f.example, privileges: [check]}
                  - {id: h, ca: ca.pem, secret: "sha256:1234", privileges: [check]}
                """))
                .containsExactly(
                        "clients[0].secret: beside jwks (expected: one of them)",
                        "clients[1].jwks: beside certificate (expected: one of them)",
                        "clients[2].certificate.names: 0 (expected: one of [subject-dn, san-dns, san-uri, san-ip,"
                                + " san-email])",
                        "clients[3].certificate.names: 2 (expected: one of [subject-dn, san-dns, san-uri, san-ip,"
                                + " san-email])",
                        "clients[4].certificate.subject-dn: malformed (expected: as in a certificate)",
                        "clients[5].certificate.san-ip: malformed (expected: as in a certificate)",
                        "clients[6].certificate: string (expected: subject-dn, san-dns, san-uri, san-ip, san-email)",
                        "clients[7].ca: without jwks (expected: beside it)",
                        "clients[7].secret: malformed sha256 (expected: 64 hex digits)");
    }

    @Test
    void hidesAHashThatAMissingSpaceMadeAKey() throws IOException {
        assertThat(faults(
                        "clients: [{id: ops, secret:\"sha256:" + HASH + "\", privileges: [\"sha256:" + HASH + "\"]}]"))
                .contains("clients[0].secret: absent (expected: text)")
                .contains(
                        "clients[0].(hidden): unknown (expected: id, secret, privileges, realms, certificate, jwks, ca, allow-http, allow-private-addresses)")
                .noneMatch(fault -> fault.contains(HASH));
    }

    @Test
    void refusesARealmThatHasNoName() throws IOException {
        assertThat(faults(client("ops", "sha256:" + HASH) + "    realms: [corp, \"\"]\n"))
                .containsExactly("clients[0].realms: realm_name: 0 characters (expected: 1 to 1024 characters)");
    }

    @Test
    void refusesAnIdTwice() throws IOException {
        String entry = client("ops", "sha256:" + HASH);

        assertThat(faults(entry + entry.replace("clients:\n", "")))
                .containsExactly("clients[1].id: ops (expected: another id than that of clients[0])");
    }

    @Test
    void namesTheFileInTheMessage() {
        Path absent = directory.resolve("absent.yaml");

        DocumentException fault = catchThrowableOfType(DocumentException.class, () -> ClientFile.read(absent));

        assertThat(fault).hasMessage(absent + ":\n  the file: NoSuchFileException (expected: readable)");
    }

    private static String client(String id, String secret) {
        return ClientYaml.of(id, secret);
    }

    private List<Client> read(String text) throws IOException {
        return ClientFile.read(Files.writeString(directory.resolve("clients.yaml"), text));
    }

    private List<String> faults(String text) throws IOException {
        return catchThrowableOfType(DocumentException.class, () -> read(text)).problems();
    }
}
