package io.revoker.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.audit.chain.ChainCheck;
import io.revoker.audit.chain.ChainCheck.Finding;
import io.revoker.cli.service.ServiceCalls;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import io.revoker.cli.terminal.Shown;
import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditRequests.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks the chains of entries, and says what is wrong with them.
 *
 * @param ends a copy of the ends of the chains, as the service had them; absent for none
 */
record AuditVerify(CommandIo io, boolean isJson, Optional<Path> ends) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The ends are read before the entries, and again after them: entries may be added and removed meanwhile. */
    int service(ServiceCalls calls) {
        List<Chain> chains = chains(AuditEntries.chains(calls));
        ChainCheck check = ChainCheck.ofAll(chains);
        SignedEnds signed = SignedEnds.of(AuditEntries.keys(calls));
        signed.add(chains, check);
        signed.add(ends.map(AuditVerify::copy).orElse(List.of()), check);
        AuditEntries.of(calls, "limit=1000&order=oldest").each(Long.MAX_VALUE, check::add);
        return report(check, check.findings(chains(AuditEntries.chains(calls))), signed);
    }

    /** Only what is signed there is checked. */
    private static List<Chain> copy(Path file) {
        List<Chain> copied = read(file);
        if (copied.stream().noneMatch(chain -> chain.signature().isPresent())) {
            throw CommandFailure.usage(
                    file + ": has no signature (expected: an answer of GET /v1/audit/chains of a service that signs)");
        }
        return copied;
    }

    private static List<Chain> read(Path file) {
        try {
            return chains(JSON.readTree(file.toFile()).required("chains"));
        } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
            throw CommandFailure.usage(file + ": can't be read (expected: an answer of GET /v1/audit/chains)");
        }
    }

    /** It may begin and end anywhere. A byte that is not UTF-8 is another one than the one that was written. */
    int file(Path file) {
        ChainCheck check = ChainCheck.ofPart();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            lines.lines().filter(line -> !line.isBlank()).forEach(check::add);
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.usage(file + ": can't be read (expected: lines of JSON)");
        }
        return report(check, check.findings(List.of()), SignedEnds.of(EndKeys.NONE));
    }

    private static List<Chain> chains(JsonNode given) {
        List<Chain> chains = new ArrayList<>();
        given.forEach(chain -> chains.add(new Chain(
                chain.path("chain").asText(),
                link(chain.path("last")),
                link(chain.path("removed")),
                Instant.parse(chain.path("written").asText("1970-01-01T00:00:00Z")),
                Optional.ofNullable(chain.path("signature").textValue()))));
        return chains;
    }

    private static Link link(JsonNode link) {
        return link.isObject()
                ? new Link(link.path("number").asLong(), link.path("hash").asText())
                : Link.NONE;
    }

    private int report(ChainCheck check, List<Finding> findings, SignedEnds signed) {
        boolean isWhole = findings.isEmpty() && signed.forged().isEmpty();
        if (isJson) {
            io.out().println(json(check, findings, signed, isWhole));
        } else {
            findings.forEach(finding -> io.out().println(Shown.text(sentence(finding))));
            signed.forged()
                    .forEach(chain -> io.out().println(Shown.text("chain " + chain + ": the signature is forged")));
            signed.sentence().ifPresent(io.out()::println);
            io.out()
                    .println(check.lines() + " entries of " + check.chains() + " chains: "
                            + (isWhole ? "whole" : "NOT whole"));
        }
        return isWhole ? CommandIo.DONE : CommandIo.NOT_WHOLE;
    }

    private static ObjectNode json(ChainCheck check, List<Finding> findings, SignedEnds signed, boolean isWhole) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("entries", check.lines())
                .put("chains", check.chains())
                .put("whole", isWhole);
        if (!signed.isEmpty()) {
            body.put("signed", signed.valid()).put("unknown_keys", signed.unknown());
            signed.forged().forEach(body.putArray("forged")::add);
        }
        ArrayNode wrong = body.putArray("findings");
        findings.forEach(finding -> wrong.addObject()
                .put("finding", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("chain", finding.chain())
                .put("from", finding.from())
                .put("to", finding.to()));
        return body;
    }

    private static String sentence(Finding finding) {
        if (finding.chain().isEmpty()) {
            return "line " + finding.from() + ": no entry any more";
        }
        String which = "chain " + finding.chain() + ", "
                + (finding.from() == finding.to()
                        ? "entry " + finding.from()
                        : "entries " + finding.from() + " to " + finding.to());
        return which + ": "
                + switch (finding.kind()) {
                    case ALTERED -> "altered";
                    case MISSING -> "missing";
                    case MOVED -> "not at its place, or there twice";
                    case CUT_OFF -> "cut off at the end";
                    case UNRECORDED -> "of a chain whose end is not recorded";
                };
    }
}
