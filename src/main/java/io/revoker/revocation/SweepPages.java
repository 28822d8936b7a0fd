package io.revoker.revocation;

import io.revoker.domain.Target;
import io.revoker.domain.store.TokenStore;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.revocation.SweepContext.FirstPage;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one sweep has yet to process: holdings read page by page, taken batch by batch.
 *
 * <p>Little more than a page of them is held at a time, however many there are.
 */
final class SweepPages {
    private final TokenStore store;
    private final Target target;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private Optional<FirstPage> firstPage = Optional.empty();
    private Optional<Cursor> nextPage = Optional.of(Cursor.START);

    SweepPages(TokenStore store, Target target) {
        this.store = store;
        this.target = target;
    }

    /** Begins with a page that has been asked for already. */
    void beginWith(Optional<FirstPage> page) {
        firstPage = page;
    }

    /** The incarnation of the store that the first page is from. */
    long incarnation() {
        return firstPage.map(FirstPage::incarnation).orElseGet(store::incarnation);
    }

    /** Drops everything, to scan from the start. */
    void restart() {
        pieces.clear();
        firstPage = Optional.empty();
        nextPage = Optional.of(Cursor.START);
    }

    /** Whether the next page should be read: there is one, and fewer holdings are held than so many. */
    boolean isDue(int ahead) {
        return nextPage.isPresent() && pieces.size() < ahead;
    }

    Future<Page> read() {
        Future<Page> page =
                firstPage.map(FirstPage::page).orElseGet(() -> store.page(target, nextPage.orElse(Cursor.START)));
        firstPage = Optional.empty();
        return page;
    }

    void add(Page page) {
        nextPage = page.next();
        page.holdings().forEach(holding -> pieces.add(new Piece(holding, Cursor.START)));
    }

    boolean hasPieces() {
        return !pieces.isEmpty();
    }

    /** Whether there is no page left, and no holding of those that were read. */
    boolean isExhausted() {
        return nextPage.isEmpty() && pieces.isEmpty();
    }

    List<Piece> nextBatch(int most) {
        List<Piece> batch = new ArrayList<>();
        while (batch.size() < most && !pieces.isEmpty()) {
            batch.add(pieces.remove());
        }
        return batch;
    }

    /** Repeats a batch that has failed, after the others. */
    void repeat(List<Piece> batch) {
        pieces.addAll(batch);
    }

    /** Continues with holdings that have too many tokens for one batch, before the others. */
    void resume(List<Piece> rest) {
        rest.forEach(pieces::addFirst);
    }
}
