package io.revoker.http.check;

import io.revoker.bus.Check;
import io.revoker.bus.CheckAll;
import io.revoker.domain.RealmScope;
import java.util.List;

/**
 * What a batch of checks asks. The tokens are hashed slice by slice, when they are asked for: all of them at once would keep the event loop.
 *
 * @param scope of the caller
 */
record BatchQuestion(List<String> tokens, RealmScope scope, Check.Kinds kinds) {
    int size() {
        return tokens.size();
    }

    CheckAll first(int some) {
        return new CheckAll(tokens.subList(0, some).stream()
                .map(token -> new Check(token, scope, kinds))
                .toList());
    }

    BatchQuestion after(int some) {
        return new BatchQuestion(tokens.subList(some, tokens.size()), scope, kinds);
    }

    @Override
    public String toString() {
        return "BatchQuestion[tokens=" + tokens.size() + "]";
    }
}
