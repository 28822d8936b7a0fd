package io.revoker.receipts;

import io.revoker.domain.followers.AwaitReceipt;
import io.revoker.domain.followers.FollowerId;
import io.revoker.domain.followers.FollowerRequests.Found;
import io.revoker.domain.followers.KnownFollower;
import io.revoker.domain.followers.KnownFollower.State;
import io.revoker.domain.followers.Receipt;
import io.revoker.domain.followers.Receipt.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One that waits for the followers. A follower that confirms further revocations tells only of the last of these when
 * it came; so its lag is kept from the first look that finds it closed. Used by one event loop only.
 */
final class Waiter {
    private final AwaitReceipt asked;
    private final Consumer<Receipt> then;
    private final Map<FollowerId, Duration> lags = new HashMap<>();
    private Receipt receipt;
    /** The first look that begins after it has come. */
    private final int first;

    private boolean overdue;
    private boolean looked;

    Waiter(AwaitReceipt asked, int first, Consumer<Receipt> then) {
        this.asked = asked;
        this.first = first;
        this.then = then;
        this.receipt = Receipt.unknown(asked.stamp());
    }

    /** Takes what a look has found; empty if it has failed. */
    void look(int number, Optional<Found> found) {
        if (number >= first) {
            looked = true;
            receipt = found.map(this::receipt).orElseGet(() -> Receipt.unknown(asked.stamp()));
        }
    }

    private Receipt receipt(Found found) {
        return new Receipt(
                asked.stamp(),
                Optional.of(found.time()),
                found.followers().stream()
                        .filter(one -> one.realms().meets(asked.concerned()))
                        .map(one -> standing(one, found.time()))
                        .sorted(Comparator.comparing((Standing one) -> one.state() == State.CLOSED)
                                .thenComparing(Standing::lag, Comparator.reverseOrder()))
                        .toList());
    }

    private Standing standing(KnownFollower one, Instant now) {
        State state = one.state(asked.stamp(), now);
        boolean confirmed = one.hasConfirmed(asked.stamp());
        Instant until = confirmed ? one.reached() : now;
        Duration lag = Duration.between(asked.stamp().instant(), until);
        Duration counted = lag.isNegative() ? Duration.ZERO : lag;
        return new Standing(
                one.id(), state, confirmed, confirmed ? lags.computeIfAbsent(one.id(), id -> counted) : counted);
    }

    /** Its time is over. It still gets what the first look finds. */
    void overdue() {
        overdue = true;
    }

    /** Whether it need not wait any longer. */
    boolean isDone() {
        return looked && (overdue || receipt.state() == State.CLOSED);
    }

    void answer() {
        then.accept(receipt);
    }
}
