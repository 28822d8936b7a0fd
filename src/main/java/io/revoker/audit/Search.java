package io.revoker.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.audit.AuditRequests.Filter;
import io.revoker.domain.audit.AuditRequests.Find;
import io.revoker.domain.audit.AuditRequests.Order;
import io.revoker.domain.audit.AuditRequests.Page;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Kept;
import io.revoker.domain.audit.AuditStore.Range;
import io.revoker.domain.audit.AuditStore.Until;
import io.revoker.domain.audit.Result;
import io.vertx.core.Future;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds entries: reads packs one after another until a page is full, or so many packs were read. An entry is written
 * some time after its act was asked for, so packs are read for longer than the time that is meant.
 *
 * @param longestAct how long an act may take
 */
record Search(AuditStore store, Duration longestAct) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Stands for what is no entry any more. */
    private static final String UNREADABLE = "{\"unreadable\":true}";

    private static final String LEFT_BEHIND = Result.State.UNKNOWN.wireName();
    private static final int PACKS = 16;
    private static final int MOST_READS = 32;

    /** How much later than its act has ended an entry may be written. */
    private static final Duration LATER = Duration.ofMinutes(15);

    /** An entry of what is counted has the time when that began, up to the longest {@code audit.interval} before. */
    private static final Duration COUNTED = Duration.ofHours(1);

    /** By which the clocks of the store and of an instance may differ. */
    private static final Duration EARLIER = Duration.ofSeconds(10);

    /** The place of a pack, and the number of an entry in it. */
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,15}-[0-9]{1,10}c?)\\.([0-9]{1,4})");

    /** What has been found so far. */
    private static final class Finding {
        private final List<String> lines = new ArrayList<>();
        private Optional<String> next = Optional.empty();
        private int reads;
    }

    Future<Page> find(Find request) {
        if (request.limit() < 1 || request.limit() > Find.MOST) {
            return Future.failedFuture(
                    Problem.invalid("limit: " + request.limit() + " (expected: 1 to " + Find.MOST + ")"));
        }
        Optional<Matcher> place = request.after().map(PLACE::matcher);
        if (place.isPresent() && !place.get().matches()) {
            return Future.failedFuture(Problem.invalid("after: not a place (expected: the member next of an answer)"));
        }
        Finding finding = new Finding();
        Future<Void> rest = place.map(known -> restOf(request, known, finding))
                .orElseGet(() -> more(request, Optional.empty(), finding));
        return rest.map(done -> new Page(finding.lines, finding.next));
    }

    /** The entries of a pack that a page has ended in. */
    private Future<Void> restOf(Find request, Matcher place, Finding finding) {
        String id = place.group(1);
        int number = Integer.parseInt(place.group(2));
        return store.find(id)
                .compose(pack ->
                        pack.map(kept -> take(request, kept, number, finding)).orElse(true)
                                ? more(request, Optional.of(id), finding)
                                : Future.succeededFuture());
    }

    private Future<Void> more(Find request, Optional<String> after, Finding finding) {
        Range range = new Range(
                request.order(),
                after,
                request.filter().since().map(since -> since.minus(EARLIER)),
                latest(request.filter()));
        finding.reads++;
        return store.read(range, PACKS).compose(packs -> {
            for (Kept pack : packs) {
                if (!take(request, pack, 0, finding)) {
                    return Future.succeededFuture();
                }
            }
            if (packs.size() < PACKS) {
                return Future.succeededFuture();
            }
            Kept last = packs.get(packs.size() - 1);
            if (finding.reads >= MOST_READS) {
                finding.next = Optional.of(last.place() + "." + last.lines().size());
                return Future.succeededFuture();
            }
            return more(request, Optional.of(last.place()), finding);
        });
    }

    /** What an instance has left behind is written when another one finds it, or when it starts again. */
    private Optional<Until> latest(Filter filter) {
        return filter.outcome().filter(LEFT_BEHIND::equals).isPresent()
                ? Optional.empty()
                : filter.until()
                        .map(until -> until.plus(longestAct).plus(LATER))
                        .map(acts -> new Until(acts, acts.plus(COUNTED)));
    }

    /** Whether there is room for more. */
    private static boolean take(Find request, Kept pack, int from, Finding finding) {
        boolean all =
                request.filter().equals(Filter.ALL) && request.scope().only().isEmpty();
        List<String> lines = pack.lines();
        int size = lines.size();
        for (int place = from; place < size; place++) {
            String line = lines.get(request.order() == Order.OLDEST_FIRST ? place : size - 1 - place);
            Optional<JsonNode> entry = entry(line);
            if (entry.map(known -> all || wants(request, known)).orElse(all)) {
                if (finding.lines.size() == request.limit()) {
                    finding.next = Optional.of(pack.place() + "." + place);
                    return false;
                }
                finding.lines.add(entry.isPresent() ? line : UNREADABLE);
            }
        }
        return true;
    }

    /** Somebody may have written anything. */
    private static Optional<JsonNode> entry(String line) {
        try {
            return Optional.of(MAPPER.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException altered) {
            return Optional.empty();
        }
    }

    private static boolean wants(Find request, JsonNode entry) {
        try {
            Filter filter = request.filter();
            Optional<RealmId> realm = Coverage.text(entry, "realm_name").map(RealmId::stored);
            return (request.scope().only().isEmpty()
                            || realm.filter(request.scope()::covers).isPresent())
                    && Coverage.of(filter).meets(entry)
                    && isThat(filter.caller(), entry, "caller")
                    && isThat(filter.kind(), entry, "kind")
                    && isThat(filter.outcome(), entry, "outcome")
                    && isWithin(filter, entry);
        } catch (DateTimeException | Problem altered) {
            return false;
        }
    }

    private static boolean isThat(Optional<String> wanted, JsonNode entry, String member) {
        return wanted.isEmpty() || wanted.equals(Coverage.text(entry, member));
    }

    private static boolean isWithin(Filter filter, JsonNode entry) {
        if (filter.since().isEmpty() && filter.until().isEmpty()) {
            return true;
        }
        Instant time = Instant.parse(entry.path("time").asText());
        return filter.since().filter(time::isBefore).isEmpty()
                && filter.until().filter(until -> !time.isBefore(until)).isEmpty();
    }
}
