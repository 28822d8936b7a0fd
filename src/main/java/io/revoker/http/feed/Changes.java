package io.revoker.http.feed;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.http.feed.FeedEvent.Encoded;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** What has come after a stamp, as a client gets it that asks. */
public final class Changes {
    private final RealmScope realms;
    private final List<Encoded> events = new ArrayList<>();
    private boolean reset;

    /** @param realms that the client may see */
    Changes(RealmScope realms) {
        this.realms = realms;
    }

    /**
     * A page of the log.
     *
     * @param read up to which this instance has read: there the client goes on if it can't where it is
     */
    public static Buffer of(LogPage page, RealmScope realms, Stamp read) {
        Changes changes = new Changes(realms);
        page.events().stream().map(EventForm::of).forEach(changes::take);
        boolean isWhole = page.continuity() == Continuity.WHOLE;
        changes.reset |= !isWhole;
        return changes.json(isWhole ? page.upTo() : read, ",\"more\":" + (isWhole && !page.isLast()));
    }

    /** Returns whether it says that others may be missing; those that are there come all the same. */
    boolean take(FeedEvent event) {
        if (event.isReset()) {
            reset = true;
        } else {
            event.seenBy(realms).ifPresent(events::add);
        }
        return event.isReset();
    }

    /** Events may be missing. */
    void startOver() {
        reset = true;
    }

    boolean isEmpty() {
        return events.isEmpty() && !reset;
    }

    int size() {
        return events.size();
    }

    /** @param more further members, behind a comma */
    Buffer json(Stamp next, String more) {
        Buffer body = Buffer.buffer("{\"events\":[");
        String separator = "";
        for (Encoded event : events) {
            body.appendString(separator).appendBuffer(event.json());
            separator = ",";
        }
        return body.appendString(
                "],\"next\":\"" + next.newer(EventWindow.BEGINNING) + "\"" + more + ",\"reset\":" + reset + "}");
    }
}
