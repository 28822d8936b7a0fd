package io.revoker.domain;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why tokens of one holder could not be invalidated.
 *
 * @param holder a hash of realm and user, because a report names nobody: {@code printf 'corp\\0joe' | sha256sum | cut -c1-32}
 */
public record HolderFault(String holder, String reason) {
    private static final int BYTES = 16;
    private static final Pattern LINE = Pattern.compile("holder ([0-9a-f]{32}): (.*)");

    public static HolderFault of(UserInRealm holder, String reason) {
        byte[] hash = new byte[BYTES];
        Sha256.of(holder.realm().key() + '\0' + holder.user().key()).get(hash);
        return new HolderFault(HexFormat.of().formatHex(hash), reason);
    }

    /** Nothing if the line of a report tells of no holder. */
    public static Optional<HolderFault> parse(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() ? Optional.of(new HolderFault(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** As a report has it. */
    public String line() {
        return "holder " + holder + ": " + reason;
    }
}
