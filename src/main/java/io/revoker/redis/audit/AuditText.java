package io.revoker.redis.audit;

import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditStore.Announced;
import io.revoker.domain.audit.AuditStore.Done;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of the audit trail in Redis. Whatever somebody else has made of them can be read. */
final class AuditText {
    /** Before the id of a chain: its last entry that was removed. */
    static final String REMOVED = "<";

    /** Before the id of a chain: the signature of its end. */
    static final String SIGNATURE = "~";

    /** Before the name of a series: the bytes of all its entries there ever were. */
    static final String BYTES = "+";

    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final String NO_CHAIN = REMOVED + SIGNATURE + BYTES;
    private static final Pattern LINK = Pattern.compile("([0-9]{1,18}) (\\S*)(?: ([0-9]{1,18}))?");
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(done (?<stamp>[0-9]{1,18}) (?<live>[0-9]{1,9}) (?<dead>[0-9]{1,9}) )?(?<deadline>[0-9]{1,18}) (?<facts>.*)",
            Pattern.DOTALL);

    private AuditText() {}

    /** The deadline in microseconds, and the facts. */
    static String of(Announced act) {
        return micros(act.deadline()) + " " + act.facts();
    }

    static long micros(Instant time) {
        return time.getEpochSecond() * MICROS + time.getNano() / (NANOS / MICROS);
    }

    /** What is announced, or what a step has done, as the script of the step writes it. */
    static Optional<Announced> announced(String text) {
        Matcher act = ANNOUNCED.matcher(text);
        if (!act.matches()) {
            return Optional.empty();
        }
        Optional<Done> done = Optional.ofNullable(act.group("stamp"))
                .map(stamp -> new Done(
                        new Stamp(Long.parseLong(stamp)),
                        new Tally(Long.parseLong(act.group("live")), Long.parseLong(act.group("dead")))));
        return Optional.of(new Announced(instant(Long.parseLong(act.group("deadline"))), act.group("facts"), done));
    }

    static List<String> lines(Response fields) {
        return fields(fields).getOrDefault("lines", "").lines().toList();
    }

    /** Fields and values, which Redis answers in turn. */
    static Map<String, String> fields(Response flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return fields;
    }

    /** In the order in which something was added last. */
    static List<Chain> chains(Map<String, String> fields) {
        return fields.keySet().stream()
                .filter(field -> !field.isEmpty() && NO_CHAIN.indexOf(field.charAt(0)) < 0)
                .map(id -> new Chain(
                        id,
                        link(Optional.ofNullable(fields.get(id))),
                        link(Optional.ofNullable(fields.get(REMOVED + id))),
                        written(Optional.ofNullable(fields.get(id))),
                        Optional.ofNullable(fields.get(SIGNATURE + id))))
                .sorted(Comparator.comparing(Chain::written))
                .toList();
    }

    private static Link link(Optional<String> text) {
        return text.map(LINK::matcher)
                .filter(Matcher::matches)
                .map(link -> new Link(Long.parseLong(link.group(1)), link.group(2)))
                .orElse(Link.NONE);
    }

    private static Instant written(Optional<String> text) {
        return text.map(LINK::matcher)
                .filter(Matcher::matches)
                .flatMap(link -> Optional.ofNullable(link.group(3)))
                .map(micros -> instant(Long.parseLong(micros)))
                .orElse(Instant.EPOCH);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
