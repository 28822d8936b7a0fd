package io.revoker.near;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Cover;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.Marks;
import io.revoker.domain.store.Traits;
import io.revoker.feed.MarkView;
import java.util.Collection;

/** The marks of an instance whose store has lost nothing: single tokens are looked up there. */
final class CurrentMarks implements Marks {
    private final MarkView view = new MarkView();

    @Override
    public Stamp newestFor(UserInRealm holder) {
        return view.newestFor(holder);
    }

    @Override
    public boolean mayCover(Stamp birth) {
        return view.mayCover(birth);
    }

    @Override
    public Stamp newestMark() {
        return view.newestMark();
    }

    @Override
    public Cover coverOf(Traits token) {
        return view.coverOf(token);
    }

    @Override
    public boolean hasAllUpTo(Stamp last) {
        return view.hasAllUpTo(last);
    }

    @Override
    public boolean remembers(Token token) {
        return false;
    }

    @Override
    public boolean remembersAny(RealmId realm, Collection<TokenId> ids) {
        return false;
    }

    @Override
    public void learn(Revocation revocation) {
        if (!(revocation.target() instanceof Target.Single)) {
            view.learn(revocation);
        }
    }

    @Override
    public long size() {
        return view.size();
    }

    @Override
    public boolean has(MarkId mark) {
        return view.has(mark);
    }
}
