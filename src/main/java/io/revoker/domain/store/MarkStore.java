package io.revoker.domain.store;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Where the marks are kept: {@link RevocationLog#append} raises them there. Every method may be repeated, and fails with a {@link Problem}.
 *
 * <p>There may be millions of them, so they are read slice by slice, each small enough for one turn of an event loop.
 */
public interface MarkStore {
    /** How many slices there are. An id's first bits say which one it is in, see {@link MarkId#slice}. */
    int SLICES = 1024;

    /**
     * The marks of a slice as they stand now.
     *
     * @param known a revocation that the log had; {@link Stamp#NONE} for none
     * @return empty if the log has lost that revocation: then marks may be missing too
     */
    Future<Optional<MarkSlice>> slice(int number, Stamp known);

    /** Raises marks that the store lacks, or has at an older stamp; for a store that has lost its newest writes. */
    Future<Void> raise(int number, MarkSlice marks);

    /**
     * Whether a mark stands at this very stamp, and its sweep has come to every token, as {@link SweepLedger#end} says. Then it is needed no longer than
     * half-done registrations may last.
     */
    Future<Boolean> isSwept(MarkId mark, Stamp stamp);

    /**
     * The next revocations that are older than the log is kept, so that their marks may be dropped. Each is given to one asker only, which need not come
     * to it: a mark that stays is no harm.
     */
    Future<List<Revocation>> due();

    /** Drops a mark that stands at this very stamp and {@linkplain #isSwept has been swept}. */
    Future<Void> drop(MarkId mark, Stamp stamp);
}
