package io.revoker.redis.tokens;

import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.HolderProblem;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.domain.store.TokenStore.Swept;
import io.revoker.redis.index.IndexScan;
import io.revoker.redis.index.IndexScan.Members;
import io.revoker.redis.index.SharedScan;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.sweeps.SweepTotals;
import io.revoker.redis.sweeps.Sweeper;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The store's part of a sweep that selects. It reads the bundles of some pieces at a time, twice as many each time,
 * until they have a bounded number of grants; the other pieces are left to do. So at most about half of what it reads
 * is read in vain.
 */
final class SelectingSweeper {
    /** Grants whose records are read at the same time. */
    private static final int GRANTS = 200;

    /** Pieces that are read first. */
    private static final int FIRST = 2;

    /** Other bundles of a holder that are read at a time. */
    private static final int BUNDLES = 2;

    private final RedisLink link;
    private final Keys keys;
    private final IndexScan index;
    private final SharedScan shared;
    private final Selection selection;

    SelectingSweeper(RedisLink link, Keys keys, GrantFacts facts, SweepTotals totals, InstantSource time) {
        this.link = link;
        this.keys = keys;
        this.index = new IndexScan(link);
        this.shared = new SharedScan(link, keys);
        this.selection = new Selection(link, keys, facts, totals, time);
    }

    /** The position in a piece that consists of a holder's other bundles. */
    private record Others(Cursor from) implements Cursor {}

    /**
     * A piece that was read.
     *
     * @param rest what follows its bundles
     * @param errors why its bundles can't be read
     */
    private record Content(Piece piece, List<BundleContent> bundles, Optional<Piece> rest, List<String> errors) {
        private static Content of(Piece piece, BundleContent content) {
            Optional<Piece> rest = Optional.of(new Piece(piece.holding(), new Others(Cursor.START)))
                    .filter(others -> content.hasOthers());
            return new Content(piece, List.of(content), rest, List.of());
        }

        private static Content and(Content a, Content b) {
            return new Content(a.piece, join(a.bundles, b.bundles), a.rest.or(() -> b.rest), join(a.errors, b.errors));
        }

        private static <T> List<T> join(List<T> a, List<T> b) {
            return Stream.concat(a.stream(), b.stream()).toList();
        }

        private int grants() {
            return bundles.stream().mapToInt(bundle -> bundle.grants().size()).sum();
        }
    }

    Future<Swept> sweep(Choice choice, List<Piece> pieces, Pass pass) {
        return read(pieces, List.of(), FIRST)
                .compose(some -> sweepSome(choice, some, pieces.subList(some.size(), pieces.size()), pass));
    }

    private Future<List<Content>> read(List<Piece> pieces, List<Content> before, int count) {
        if (before.size() == pieces.size()
                || before.stream().mapToInt(Content::grants).sum() >= GRANTS) {
            return Future.succeededFuture(before);
        }
        List<Piece> next = pieces.subList(before.size(), Math.min(pieces.size(), before.size() + count));
        return Future.all(next.stream().map(this::read).toList())
                .compose(all -> read(
                        pieces,
                        Stream.concat(before.stream(), all.<Content>list().stream())
                                .toList(),
                        2 * count));
    }

    private Future<Content> read(Piece piece) {
        return SharedHash.of(piece.holding())
                .map(hash -> content(piece, BundleContent.read(link, keys, hash)))
                .orElseGet(() -> read(piece, piece.holding().holder().orElseThrow()));
    }

    private Future<Content> read(Piece piece, UserInRealm holder) {
        if (piece.from() instanceof Others others) {
            return index.page(keys.bundles(holder), others.from(), BUNDLES)
                    .compose(page -> all(piece, names(holder, page), page.next()));
        }
        Future<Content> first = all(piece, List.of(Bundle.first(holder)), Optional.empty());
        return Bundle.hasAll(piece.holding())
                ? Future.all(first, shared.bundles(holder).compose(found -> all(piece, found, Optional.empty())))
                        .map(both -> Content.and(both.resultAt(0), both.resultAt(1)))
                : first;
    }

    private static List<Bundle> names(UserInRealm holder, Members page) {
        return page.names().stream()
                .map(number -> new Bundle(holder, Integer.parseInt(number)))
                .toList();
    }

    /** @param next where the names of more of them are */
    private Future<Content> all(Piece piece, List<Bundle> bundles, Optional<Cursor> next) {
        Optional<Piece> rest = next.map(from -> new Piece(piece.holding(), new Others(from)));
        return Future.all(bundles.stream()
                        .map(bundle -> content(piece, BundleContent.read(link, keys, bundle)))
                        .toList())
                .map(all -> all.<Content>list().stream()
                        .reduce(new Content(piece, List.of(), rest, List.of()), Content::and));
    }

    private static Future<Content> content(Piece piece, Future<BundleContent> read) {
        return read.map(content -> Content.of(piece, content))
                .recover(failure -> RedisFailure.isOfAnotherType(failure)
                        ? Future.succeededFuture(
                                new Content(piece, List.of(), Optional.empty(), List.of(line(piece, failure))))
                        : Future.failedFuture(failure));
    }

    private static String line(Piece piece, Throwable failure) {
        return HolderProblem.of(
                        piece.holding(),
                        RedisFailure.ofReply(String.valueOf(failure.getMessage()))
                                .text())
                .line();
    }

    private Future<Swept> sweepSome(Choice choice, List<Content> contents, List<Piece> unread, Pass pass) {
        List<Future<Swept>> swept = new ArrayList<>();
        List<Piece> rest = new ArrayList<>(unread);
        int grants = 0;
        for (Content content : contents) {
            if (grants < GRANTS) {
                grants += content.grants();
                content.bundles().forEach(bundle -> swept.add(selection.invalidate(choice, bundle, pass)));
                content.rest().ifPresent(rest::add);
                swept.add(Future.succeededFuture(new Swept(Map.of(), content.errors(), List.of())));
            } else {
                rest.add(content.piece());
            }
        }
        return Future.all(swept)
                .map(all -> all.<Swept>list().stream().reduce(new Swept(Map.of(), List.of(), rest), Sweeper::and));
    }
}
