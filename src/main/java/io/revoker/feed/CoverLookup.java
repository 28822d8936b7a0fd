package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.HolderMarks;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Traits;

/** Finds the marks that cover tokens. Every check calls it: it looks only for kinds of marks that there are. */
record CoverLookup(MarkTable table) {
    Stamp newestFor(UserInRealm holder) {
        return table.size() == 0 ? Stamp.NONE : new Stamp(newest(HolderMarks.of(holder)));
    }

    Cover of(Traits token) {
        if (table.size() == 0) {
            return Cover.NONE;
        }
        HolderMarks ids = token.ofHolder();
        return new Cover(
                new Stamp(Math.max(newest(ids), ofSelections(token))),
                new Stamp(Math.max(issuedBefore(ids), selectedIssuedBefore(token))));
    }

    private long newest(HolderMarks ids) {
        return Math.max(
                Math.max(table.get(MarkId.ALL), table.get(ids.realm())),
                Math.max(table.get(ids.user()), table.get(ids.both())));
    }

    private long ofSelections(Traits token) {
        return table.hasSelections()
                ? token.selectors()
                        .filter(selector -> table.hasSelections(selector.by()))
                        .mapToLong(selector -> Math.max(
                                table.get(MarkId.ofSelected(token.holder().realm(), selector)),
                                table.get(MarkId.ofSelected(token.holder(), selector))))
                        .max()
                        .orElse(0)
                : 0;
    }

    private long issuedBefore(HolderMarks ids) {
        return table.hasIssuedBefore()
                ? Math.max(
                        Math.max(before(MarkId.ALL), before(ids.realm())),
                        Math.max(before(ids.user()), before(ids.both())))
                : 0;
    }

    private long before(long id) {
        return table.get(MarkId.ofIssuedBefore(id));
    }

    private long selectedIssuedBefore(Traits token) {
        return table.hasSelectedIssuedBefore()
                ? token.marksOfSelections()
                        .map(MarkId::ofSelectedIssuedBefore)
                        .map(table::get)
                        .max()
                        .orElse(0)
                : 0;
    }
}
