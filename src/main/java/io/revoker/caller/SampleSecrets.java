package io.revoker.caller;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.caller.StrictDocument.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The published secrets of {@code conf/clients.example.yaml} and of the manual. Those of earlier releases stay in the
 * list.
 */
final class SampleSecrets {
    private static final Set<String> LINES = Set.of(
            "sha256:bfe59d671a77d3345fafaf1b79bee61b3a8c71cb7f202ff31115b12eb1400909",
            "pbkdf2-sha256:600000:C3uDfuR5MeKvuMQyzLvn1g==:JS4fclI8qn/Ql8dz7jugUbUhwguPb4SgJQd74VpU3xM=",
            "bcrypt:$2b$10$1sUEq8ScwJTe/f.BrNvyKOd8Op0Cx5nmLbnUduxIINHXN/wcYnggS",
            "sha256:c676150bd7ea150328147af430899bdc9009a49f346dae80a6075a744ce969a2",
            "pbkdf2-sha256:600000:MDEyMzQ1Njc4OWFiY2RlZg==:Wcn6YxXzpi6p8H4Ir7ytbEqjC9Y/VznS/vqqkfjdxL4=",
            "bcrypt:$2b$10$abcdefghijklmnopqrstuuuk7kX4A.D.TWC94GaQAY8N9qKPkyZVi",
            "sha256:5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8");

    private SampleSecrets() {}

    /** A line for each client with a published secret; empty if the file can't be read. Blocks. */
    static List<String> warnings(Path file) {
        JsonNode clients = StrictDocument.read(file, new Problems()).path("clients");
        return StreamSupport.stream(clients.spliterator(), false)
                .filter(client -> LINES.contains(client.path("secret").asText()))
                .map(
                        client -> "clients.file: client "
                                + Problems.shown(client.path("id").asText())
                                + " has a secret that is published in the manual (expected: a secret of its own, see hash-secret)")
                .toList();
    }
}
