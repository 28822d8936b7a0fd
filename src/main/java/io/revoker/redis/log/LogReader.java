package io.revoker.redis.log;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.LogEvent;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stream of revocations page by page, and checks with each page that the stream still has the entries that
 * are known to have been in it. Redis may have been started from an older snapshot, or a replica that lagged may have
 * taken over; new entries would soon hide that.
 */
final class LogReader {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final int EVENTS = 1000;
    /** Entries that a reader that was away gets at a time. */
    private static final int RESUMED = 500;

    private static final String REVOCATION = "target";
    private static final String LOCKS = "locks";

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;
    /** The newest unreadable entry that was logged. */
    private Stamp unreadable = Stamp.NONE;

    LogReader(RedisLink link, Keys keys, LogSettings settings) {
        this.link = link;
        this.keys = keys;
        this.settings = settings;
    }

    /**
     * The newest entry. A stamp that was assigned need not be in the log: the instance that was to write its entry may
     * have died.
     */
    Future<Stamp> newest() {
        return link.send(Call.of(Command.XREVRANGE, keys.events)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(found ->
                        found.size() == 0 ? Stamp.NONE : stamp(found.get(0).get(0)));
    }

    /**
     * Entries may be lost while the call waits for the page. So the known ones are looked up after the page: all calls
     * are sent in one turn, and Redis answers them in that order.
     */
    Future<LogPage> after(Stamp read, List<Stamp> known) {
        Future<Response> entries = link.send(next(read));
        Future<Boolean> hasRead = has(read);
        Future<Response> clock = link.send(Call.of(Command.GET, keys.clock));
        Future<Boolean> isLost = anyOf(Stream.concat(
                Stream.of(isLost(read, hasRead, clock)),
                known.stream().map(stamp -> isLost(stamp, has(stamp), clock))));
        return Future.all(entries, isLost).map(all -> {
            if (isLost.result()) {
                return new LogPage(List.of(), read, false, Continuity.LOST);
            }
            Continuity before = hasRead.result() ? Continuity.WHOLE : Continuity.MARKS_CHANGED;
            Response found = entries.result();
            return found == null
                    ? new LogPage(List.of(), read, true, before)
                    : page(found.get(0).get(1), before);
        });
    }

    /** The entries in between, even if the log has lost others. */
    Future<LogPage> between(Stamp read, Stamp end) {
        return link.send(Call.of(Command.XRANGE, keys.events)
                        .arg('(' + read.toString() + "-0")
                        .arg('(' + end.toString() + "-0")
                        .arg("COUNT")
                        .arg(EVENTS))
                .map(found -> found.size() == 0
                        ? new LogPage(List.of(), end, true, Continuity.WHOLE)
                        : page(found, Continuity.WHOLE));
    }

    /** Both calls are sent in one turn, so what was read is looked up after the page. */
    Future<LogPage> resume(Stamp read) {
        Future<Response> entries = link.send(Call.of(Command.XRANGE, keys.events)
                .arg('(' + read.toString() + "-0")
                .arg("+")
                .arg("COUNT")
                .arg(RESUMED));
        Future<Boolean> hasRead = has(read);
        Future<Response> clock = link.send(Call.of(Command.GET, keys.clock));
        return Future.all(entries, isLost(read, hasRead, clock)).map(all -> {
            Response found = entries.result();
            Continuity before =
                    all.resultAt(1) ? Continuity.LOST : hasRead.result() ? Continuity.WHOLE : Continuity.MARKS_CHANGED;
            return before != Continuity.WHOLE || found.size() == 0
                    ? new LogPage(List.of(), read, true, before)
                    : page(found, before, RESUMED).continuing();
        });
    }

    private static Future<Boolean> anyOf(Stream<Future<Boolean>> answers) {
        return Future.all(answers.toList()).map(all -> all.<Boolean>list().contains(true));
    }

    /** An entry that is older than the log's retention may have been trimmed, which is no loss. */
    private Future<Boolean> isLost(Stamp stamp, Future<Boolean> isHeld, Future<Response> clock) {
        return Future.all(isHeld, clock).map(asked -> !isHeld.result() && isRecent(stamp, clock.result()));
    }

    private Future<Boolean> has(Stamp stamp) {
        if (stamp.equals(Stamp.NONE)) {
            return Future.succeededFuture(true);
        }
        String id = stamp + "-0";
        return link.send(Call.of(Command.XRANGE, keys.events).arg(id).arg(id)).map(found -> found.size() > 0);
    }

    private Call next(Stamp read) {
        return new Call(
                keys.events,
                Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(EVENTS)
                        .arg("BLOCK")
                        .arg(Math.max(1, settings.patience().toMillis())) // 0 would wait forever
                        .arg("STREAMS")
                        .arg(keys.events)
                        .arg(read + "-0"));
    }

    private boolean isRecent(Stamp known, @Nullable Response newest) {
        return newest == null
                || known.micros() > newest.toLong() - settings.retention().toMillis() * 1000;
    }

    private LogPage page(Response entries, Continuity before) {
        return page(entries, before, EVENTS);
    }

    private LogPage page(Response entries, Continuity before, int most) {
        List<LogEvent> events =
                entries.stream().flatMap(entry -> read(entry).stream()).toList();
        Stamp upTo = stamp(entries.get(entries.size() - 1).get(0));
        return new LogPage(events, upTo, entries.size() < most, continuity(entries, before));
    }

    private static Continuity continuity(Response entries, Continuity before) {
        Set<String> kinds = entries.stream().map(LogReader::kind).collect(Collectors.toSet());
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

    private static Stamp stamp(Response entryId) {
        String id = entryId.toString();
        return new Stamp(Long.parseLong(id.substring(0, id.indexOf('-'))));
    }
}
