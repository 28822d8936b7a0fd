package io.revoker.caller;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.Credentials.ClientId;
import io.revoker.caller.SecretHash.Sha256Hash;
import io.revoker.caller.StrictDocument.Problems;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Sha256;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the client file and reports all its problems at once; {@code conf/clients.example.yaml} shows its format. */
final class ClientFile {
    static final String SETTING = "clients.file";

    private final Problems problems = new Problems();

    private ClientFile() {}

    /** One or more clients, each with its own id. Blocks. Fails with a {@link DocumentException}. */
    static List<Client> read(Path file) {
        ClientFile reader = new ClientFile();
        JsonNode root = StrictDocument.read(file, reader.problems);
        reader.problems.throwIfAny(SETTING, file);
        List<Client> clients = reader.clients(new DocumentFields("", root, reader.problems));
        reader.problems.throwIfAny(SETTING, file);
        return clients;
    }

    private List<Client> clients(DocumentFields top) {
        if (!top.isObjectOf(List.of("clients"))) {
            return List.of();
        }
        List<JsonNode> items = top.items("clients");
        noteDuplicates(items);
        return IntStream.range(0, items.size())
                .mapToObj(i -> new DocumentFields(place(i), items.get(i), problems))
                .flatMap(fields -> new ClientEntry(fields, problems).read().stream())
                .toList();
    }

    private void noteDuplicates(List<JsonNode> items) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String id = items.get(i).path("id").asText("");
            Integer earlier = first.putIfAbsent(id, i);
            if (earlier != null && ClientId.isValid(id)) {
                problems.add(place(i) + ".id", id + " (expected: another id than that of " + place(earlier) + ")");
            }
        }
    }

    private static String place(int index) {
        return "clients[" + index + "]";
    }

    /** Reads one entry of the list of clients. */
    static final class ClientEntry {
        private static final String SECRET = "secret";
        private static final List<String> KEYS = Stream.concat(
                        Stream.of("id", SECRET, "privileges", "realms", CertificateRule.KEY), KeyFields.NAMES.stream())
                .toList();

        private final DocumentFields fields;
        private final Problems problems;

        ClientEntry(DocumentFields fields, Problems problems) {
            this.fields = fields;
            this.problems = problems;
        }

        /** The client; empty if the entry's problems do not allow one. */
        Optional<Client> read() {
            if (!fields.isObjectOf(KEYS)) {
                return Optional.empty();
            }
            Optional<String> id = id();
            Optional<Client.Evidence> evidence = evidence();
            Optional<Set<Privilege>> privileges = fields.texts("privileges").flatMap(this::privileges);
            Optional<RealmScope> realms = realms();
            if (id.isEmpty() || evidence.isEmpty() || privileges.isEmpty() || realms.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Client(new Caller(id.get(), privileges.get(), realms.get()), evidence.get()));
        }

        /** Exactly one way to prove who it is. */
        private Optional<Client.Evidence> evidence() {
            KeyFields.noteMisplaced(fields, problems);
            List<String> ways = Stream.of(SECRET, KeyFields.KEYS, CertificateRule.KEY)
                    .filter(fields::has)
                    .toList();
            if (ways.size() > 1) {
                at(ways.get(0)).accept("beside " + ways.get(1) + " (expected: one of them)");
                return Optional.empty();
            }
            if (fields.has(CertificateRule.KEY)) {
                return CertificateRule.read(fields.child(CertificateRule.KEY), problems)
                        .map(Client.Evidence::new);
            }
            return fields.has(KeyFields.KEYS)
                    ? Optional.of(Client.Evidence.ofKeys())
                    : fields.text(SECRET)
                            .flatMap(line -> HashFormat.parse(line, at(SECRET))
                                    .map(hash -> Client.Evidence.ofSecret(hash, line)));
        }

        private Consumer<String> at(String key) {
            return problems.at(fields.place(key));
        }

        private Optional<String> id() {
            Optional<String> id = fields.text("id");
            if (id.isPresent() && !ClientId.isValid(id.get())) {
                at("id").accept("malformed (expected: " + ClientId.EXPECTED + ")");
                return Optional.empty();
            }
            return id;
        }

        private Optional<Set<Privilege>> privileges(List<String> names) {
            List<String> unknown = names.stream()
                    .filter(name -> Privilege.named(name).isEmpty())
                    .map(Problems::shown)
                    .toList();
            if (!unknown.isEmpty()) {
                at("privileges").accept(unknown + " (expected: " + Privilege.WIRE_NAMES + ")");
                return Optional.empty();
            }
            Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
            names.forEach(name -> Privilege.named(name).ifPresent(privileges::add));
            return Optional.of(privileges);
        }

        /** Only an absent key means all realms: an empty list or a null is more likely a mistake. */
        private Optional<RealmScope> realms() {
            return fields.has("realms") ? fields.texts("realms").flatMap(this::scope) : Optional.of(RealmScope.ALL);
        }

        private Optional<RealmScope> scope(List<String> names) {
            Set<RealmId> realms = new HashSet<>();
            try {
                names.forEach(name -> realms.add(new RealmId(name)));
                return Optional.of(RealmScope.only(realms));
            } catch (Problem unfit) {
                at("realms").accept(unfit.text());
                return Optional.empty();
            }
        }
    }

    /** An entry of the client file. */
    record Client(Caller caller, Evidence evidence) {
        /** One with a secret. */
        Client(Caller caller, SecretHash hash) {
            this(caller, new Evidence(hash));
        }

        /**
         * By what it is known.
         *
         * @param hash that of a random secret if it has none
         * @param certificate what that must say
         * @param mark a hash of the line with the hash of the secret
         */
        record Evidence(Proof proof, SecretHash hash, Optional<CertificateRule> certificate, Optional<String> mark) {
            Evidence(SecretHash hash) {
                this(Proof.SECRET, hash, Optional.empty(), Optional.empty());
            }

            Evidence(CertificateRule certificate) {
                this(Proof.CERTIFICATE, Sha256Hash.ofUnknown(), Optional.of(certificate), Optional.empty());
            }

            static Evidence ofKeys() {
                return new Evidence(Proof.KEYS, Sha256Hash.ofUnknown(), Optional.empty(), Optional.empty());
            }

            static Evidence ofSecret(SecretHash hash, String line) {
                return new Evidence(
                        Proof.SECRET,
                        hash,
                        Optional.empty(),
                        Optional.of(Base64.getEncoder()
                                .encodeToString(Sha256.of(line).array().clone())));
            }
        }

        String id() {
            return caller.id();
        }

        SecretHash hash() {
            return evidence.hash();
        }

        Proof proof() {
            return evidence.proof();
        }
    }
}
