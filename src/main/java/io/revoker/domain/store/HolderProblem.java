package io.revoker.domain.store;

import io.revoker.domain.RealmId;
import io.revoker.domain.Sha256;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why tokens of one holder could not be invalidated.
 *
 * @param holder a hash of realm and user, because a report names no user: {@code printf 'corp\\0joe' | sha256sum | cut
 * -c1-32}
 */
public record HolderProblem(String holder, String reason) {
    private static final int BYTES = 16;
    private static final Pattern LINE = Pattern.compile("holder ([0-9a-f]{32}): (.*)");

    public static HolderProblem of(UserInRealm holder, String reason) {
        return of(holder.realm(), holder.user().key(), reason);
    }

    /** The same of tokens that may be of several users: then it is a hash of realm, two zero bytes and place. */
    public static HolderProblem of(Holding holding, String reason) {
        return of(holding.realm(), holding.user().map(UserName::key).orElse('\0' + holding.place()), reason);
    }

    private static HolderProblem of(RealmId realm, String name, String reason) {
        byte[] hash = new byte[BYTES];
        Sha256.of(realm.key() + '\0' + name).get(hash);
        return new HolderProblem(HexFormat.of().formatHex(hash), reason);
    }

    /** Empty if the line of a report is not about a holder. */
    public static Optional<HolderProblem> parse(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() ? Optional.of(new HolderProblem(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** As a line of a report. */
    public String line() {
        return "holder " + holder + ": " + reason;
    }
}
