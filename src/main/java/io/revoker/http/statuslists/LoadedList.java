package io.revoker.http.statuslists;

import io.revoker.domain.Stamp;
import io.revoker.domain.statuslists.StatusList;
import io.revoker.domain.statuslists.StatusListStore.Reached;
import io.revoker.domain.statuslists.StatusRequests.Status;
import io.revoker.domain.statuslists.StatusRequests.Statuses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an instance knows of a list: its bits, and of each allocation enough to see whether a revocation may mean it. A
 * bit that is set stays. Used by one event loop only.
 */
final class LoadedList {
    /** Of an allocation. */
    private static final int BYTES_EACH = Integer.BYTES + 3 * Long.BYTES;

    private static final int FIRST_ROOM = 64;

    private final StatusList list;
    private final StatusBits bits;
    private int[] index = new int[FIRST_ROOM];
    private long[] token = new long[FIRST_ROOM];
    private long[] jti = new long[FIRST_ROOM];
    private long[] user = new long[FIRST_ROOM];
    private int rows;
    private Reached reached = Reached.NOTHING;
    private Stamp read = Stamp.NONE;
    private Suspects suspects;
    private boolean begun;
    private long version;

    LoadedList(StatusList list) {
        this.list = list;
        this.bits = new StatusBits(list.size());
        this.suspects = new Suspects(list.realm());
    }

    StatusList list() {
        return list;
    }

    /** Whether the place in the log is known from which to go on. */
    boolean isBegun() {
        return begun;
    }

    /** Everything in the log up to there has been looked at, or is older than what is read next. */
    void readUpTo(Stamp stamp) {
        begun = true;
        read = read.newer(stamp);
    }

    Stamp read() {
        return read;
    }

    /** What was read in the log and has not been dealt with. */
    Suspects suspects() {
        return suspects;
    }

    /** All of it has been. */
    void clear() {
        suspects = new Suspects(list.realm());
    }

    Reached reached() {
        return reached;
    }

    /** That it takes, with what is made of it. */
    long bytes() {
        return (long) BYTES_EACH * index.length + list.size();
    }

    /** Grows with every change of the bits. */
    long version() {
        return version;
    }

    byte[] bits() {
        return bits.copy();
    }

    /** All is to be read anew. */
    void reset() {
        rows = 0;
        reached = Reached.NOTHING;
        read = Stamp.NONE;
        begun = false;
        bits.clear();
        clear();
        version++;
    }

    /** Allocations that are new here, or have changed. */
    void add(Statuses statuses) {
        for (Status status : statuses.statuses()) {
            row(status);
            look(status);
        }
        reached = statuses.reached();
    }

    /** Allocations that were looked at again. */
    void look(List<Status> statuses) {
        statuses.forEach(this::look);
    }

    private void look(Status status) {
        if (status.dead()) {
            kill(status.index());
        }
    }

    private void row(Status status) {
        if (rows == index.length) {
            index = Arrays.copyOf(index, 2 * rows);
            token = Arrays.copyOf(token, 2 * rows);
            jti = Arrays.copyOf(jti, 2 * rows);
            user = Arrays.copyOf(user, 2 * rows);
        }
        index[rows] = status.index();
        token[rows] = status.token();
        jti[rows] = status.jti();
        user[rows] = status.user();
        rows++;
    }

    private void kill(int at) {
        if (!bits.isSet(at)) {
            bits.set(at);
            version++;
        }
    }

    /** Kills those that must be dead, and returns the indexes of those that have to be looked at. */
    List<Integer> apply() {
        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < rows && !suspects.isEmpty(); i++) {
            if (bits.isSet(index[i])) {
                continue;
            }
            if (suspects.kill(token[i]) || suspects.kill(jti[i])) {
                kill(index[i]);
            } else if (suspects.concern(user[i])) {
                again.add(index[i]);
            }
        }
        return again;
    }
}
