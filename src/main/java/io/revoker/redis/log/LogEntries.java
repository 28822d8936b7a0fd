package io.revoker.redis.log;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.redis.link.Script;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parses the entries of the stream of revocations. Those that can't be read are logged once, and skipped. */
final class LogEntries {
    private static final Logger LOG = LoggerFactory.getLogger(LogEntries.class);
    private static final String REVOCATION = "target";
    private static final String LOCKS = "locks";

    /** The newest unreadable entry that was logged. */
    private Stamp unreadable = Stamp.NONE;

    /**
     * A page of entries.
     *
     * @param most entries that were asked for: if there are fewer, it is the last page
     */
    LogPage page(Response entries, Continuity before, int most) {
        List<LogEvent> events =
                entries.stream().flatMap(entry -> read(entry).stream()).toList();
        Stamp upTo = stamp(entries.get(entries.size() - 1).get(0));
        return new LogPage(events, upTo, entries.size() < most, continuity(entries, before));
    }

    private static Continuity continuity(Response entries, Continuity before) {
        Set<String> kinds = entries.stream().map(LogEntries::kind).collect(Collectors.toSet());
        kinds.remove(REVOCATION);
        boolean locksOnly = kinds.equals(Set.of(LOCKS)) && before == Continuity.WHOLE;
        return locksOnly ? Continuity.LOCKS_CHANGED : kinds.isEmpty() ? before : Continuity.MARKS_CHANGED;
    }

    private static String kind(Response entry) {
        return entry.get(1).get(0).toString();
    }

    private Optional<LogEvent> read(Response entry) {
        Response fields = entry.get(1);
        Stamp stamp = stamp(entry.get(0));
        return switch (kind(entry)) {
            case REVOCATION -> revocation(stamp, fields).map(LogEvent.Revoked::new);
            case LOCKS ->
                field(fields, REVOCATION)
                        .flatMap(target -> readable(stamp, () -> TargetText.parse(target)))
                        .map(target -> new LogEvent.Unlocked(stamp, target));
            default -> Optional.of(new LogEvent.Lost(stamp));
        };
    }

    private Optional<Revocation> revocation(Stamp stamp, Response fields) {
        return read(stamp, fields.get(1))
                .map(read -> new Revocation(
                        stamp,
                        read.target(),
                        field(fields, "reason").flatMap(ReasonText::parse),
                        field(fields, "lock").flatMap(end -> readable(stamp, () -> EnteredText.instant(end))),
                        field(fields, RegisteredText.FIELD)
                                .flatMap(text -> readable(stamp, () -> RegisteredText.parse(text)))));
    }

    /** One of those behind the target. */
    private static Optional<String> field(Response fields, String name) {
        for (int i = 2; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(name)) {
                return Optional.of(fields.get(i + 1).toString());
            }
        }
        return Optional.empty();
    }

    /** Parses ids and targets, which {@link Script#DUE} returns alternately. */
    List<Revocation> revocations(Response found) {
        return IntStream.range(0, found.size() / 2)
                .mapToObj(i -> read(stamp(found.get(2 * i)), found.get(2 * i + 1)))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Empty if another program or a newer version wrote the entry: it is skipped, and the entries after it are read.
     */
    private Optional<Revocation> read(Stamp stamp, Response target) {
        return readable(stamp, () -> new Revocation(stamp, TargetText.parse(target.toString())));
    }

    /** What an entry has, or a line in the log: a revocation whose lock can't be read is a revocation all the same. */
    private <T> Optional<T> readable(Stamp stamp, Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (RuntimeException e) {
            if (stamp.isAfter(unreadable)) {
                unreadable = stamp;
                LOG.atError()
                        .addKeyValue("stamp", stamp.micros())
                        .addKeyValue("failure", e.getClass().getSimpleName())
                        .log("log entry unreadable");
            }
            return Optional.empty();
        }
    }

    /** The stamp in the id of an entry. */
    static Stamp stamp(Response entryId) {
        String id = entryId.toString();
        return new Stamp(Long.parseLong(id.substring(0, id.indexOf('-'))));
    }
}
