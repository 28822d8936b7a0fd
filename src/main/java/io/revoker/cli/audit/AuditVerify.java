package io.revoker.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the chains of entries, and says what is wrong with them. Signatures of their ends are not checked. */
record AuditVerify(CommandIo io, boolean isJson) {

    /** The ends are read before the entries, and again after them: entries may be added and removed meanwhile. */
    int service(ServiceCalls calls) {
        ChainCheck check = ChainCheck.ofAll(chains(calls));
        AuditEntries.of(calls, "limit=1000&order=oldest").each(Long.MAX_VALUE, check::add);
        return report(check, check.findings(chains(calls)));
    }

    /** It may begin and end anywhere. */
    int file(Path file) {
        ChainCheck check = ChainCheck.ofPart();
        try (Stream<String> lines = Files.lines(file, UTF_8)) {
            lines.filter(line -> !line.isBlank()).forEach(check::add);
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.usage(file + ": can't be read (expected: lines of JSON)");
        }
        return report(check, check.findings(List.of()));
    }

    private static List<Chain> chains(ServiceCalls calls) {
        List<Chain> chains = new ArrayList<>();
        AuditEntries.chains(calls)
                .forEach(chain -> chains.add(new Chain(
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

    private int report(ChainCheck check, List<Finding> findings) {
        if (isJson) {
            io.out().println(json(check, findings));
        } else {
            findings.forEach(finding -> io.out().println(Shown.text(sentence(finding))));
            io.out()
                    .println(check.lines() + " entries of " + check.chains() + " chains: "
                            + (findings.isEmpty() ? "whole" : "NOT whole"));
        }
        return findings.isEmpty() ? CommandIo.DONE : CommandIo.NOT_WHOLE;
    }

    private static ObjectNode json(ChainCheck check, List<Finding> findings) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("entries", check.lines())
                .put("chains", check.chains())
                .put("whole", findings.isEmpty());
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
