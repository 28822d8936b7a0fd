package io.revoker.redis.log;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of revocations page by page, and checks with each page that the stream still has the entries that
 * are known to have been in it. Redis may have been started from an older snapshot, or a replica that lagged may have
 * taken over; new entries would soon hide that.
 */
final class LogReader {
    private static final int EVENTS = 1000;
    /** Entries that a reader that was away gets at a time. */
    private static final int RESUMED = 500;

    private final RedisLink link;
    private final Keys keys;
    private final LogSettings settings;
    private final LogEntries entries = new LogEntries();

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
                .map(found -> found.size() == 0
                        ? Stamp.NONE
                        : LogEntries.stamp(found.get(0).get(0)));
    }

    /**
     * Entries may be lost while the call waits for the page. So the known ones are looked up after the page: all calls
     * are sent in one turn, and Redis answers them in that order.
     */
    Future<LogPage> after(Stamp read, List<Stamp> known) {
        Future<Response> next = link.send(next(read));
        Future<Boolean> hasRead = has(read);
        List<Future<Boolean>> held = known.stream().map(this::has).toList();
        Future<Kept> kept = kept();
        Future<Boolean> isLost = anyOf(Stream.concat(
                Stream.of(isLost(read, hasRead, kept)),
                IntStream.range(0, held.size()).mapToObj(i -> isLost(known.get(i), held.get(i), kept))));
        return Future.all(next, isLost).map(all -> {
            if (isLost.result()) {
                return new LogPage(List.of(), read, false, Continuity.LOST);
            }
            Continuity before = hasRead.result() ? Continuity.WHOLE : Continuity.MARKS_CHANGED;
            Response found = next.result();
            return found == null
                    ? new LogPage(List.of(), read, true, before)
                    : entries.page(found.get(0).get(1), before, EVENTS);
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
                        : entries.page(found, Continuity.WHOLE, EVENTS));
    }

    /** Both calls are sent in one turn, so what was read is looked up after the page. */
    Future<LogPage> resume(Stamp read) {
        Future<Response> next = link.send(Call.of(Command.XRANGE, keys.events)
                .arg('(' + read.toString() + "-0")
                .arg("+")
                .arg("COUNT")
                .arg(RESUMED));
        Future<Boolean> hasRead = has(read);
        Future<Kept> kept = kept();
        return Future.all(next, isLost(read, hasRead, kept)).map(all -> {
            Response found = next.result();
            Continuity before =
                    all.resultAt(1) ? Continuity.LOST : hasRead.result() ? Continuity.WHOLE : Continuity.MARKS_CHANGED;
            LogPage page = before != Continuity.WHOLE || found.size() == 0
                    ? new LogPage(List.of(), read, true, before)
                    : entries.page(found, before, RESUMED).continuing();
            return page.trimmedBefore(kept.result().trimmed());
        });
    }

    /** Parses ids and targets, which {@link Script#DUE} returns alternately. */
    List<Revocation> revocations(Response found) {
        return entries.revocations(found);
    }

    private static Future<Boolean> anyOf(Stream<Future<Boolean>> answers) {
        return Future.all(answers.toList()).map(all -> all.<Boolean>list().contains(true));
    }

    /** An entry that may have been trimmed is not lost. */
    private Future<Boolean> isLost(Stamp stamp, Future<Boolean> isHeld, Future<Kept> kept) {
        return Future.all(isHeld, kept)
                .map(asked -> !isHeld.result() && kept.result().has(stamp));
    }

    /**
     * Which entries the log should have.
     *
     * @param trimmed older ones were trimmed by an instance, perhaps with a shorter retention
     * @param retained older ones may be trimmed by this instance
     */
    private record Kept(Stamp trimmed, Stamp retained) {
        boolean has(Stamp stamp) {
            return stamp.isAfter(retained) && !trimmed.isAfter(stamp);
        }
    }

    /** Asked for after the entries: what is trimmed later does not matter. */
    private Future<Kept> kept() {
        Future<Response> clock = link.send(Call.of(Command.GET, keys.clock));
        Future<Response> trimmed = link.send(Call.of(Command.GET, keys.trimmed));
        return Future.all(clock, trimmed).map(all -> {
            long newest = micros(clock.result());
            long oldest = newest - settings.retention().toMillis() * 1000;
            return new Kept(new Stamp(micros(trimmed.result())), new Stamp(Math.max(0, oldest)));
        });
    }

    private static long micros(@Nullable Response stamp) {
        return stamp == null ? 0 : stamp.toLong();
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
}
