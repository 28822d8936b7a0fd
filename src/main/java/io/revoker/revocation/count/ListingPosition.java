package io.revoker.revocation.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.domain.Problem;
import io.revoker.domain.Target;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.MarkId;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a listing goes on: behind a holding, and maybe within the next one. If that one has moved, because it got a
 * token meanwhile, it comes later: in the same page it is still read on from there, in a later one from its beginning.
 *
 * @param holders where the store goes on; empty at the beginning
 * @param begun the id of the holding of which some pages were listed; 0 if none was
 * @param from where its next page begins; empty if none was
 */
record ListingPosition(String holders, long begun, String from) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{1,16})/([0-9]*-[0-9]*)?/(0|[1-9a-f][0-9a-f]{0,15})/(.*)", Pattern.DOTALL);

    /** Behind a holding, or at the beginning. */
    static ListingPosition behind(String holders) {
        return new ListingPosition(holders, 0, "");
    }

    /** Within the holding that comes next. */
    ListingPosition within(Holding holding, String next) {
        return new ListingPosition(holders, holding.id(), next);
    }

    /** Where nothing was found up to there: a holding of which some pages were listed comes behind it. */
    ListingPosition at(String further) {
        return new ListingPosition(further, begun, from);
    }

    /** Where the unlisted grants of a holding begin, wherever in the page it comes; empty for the first one. */
    String from(Holding holding) {
        return begun == holding.id() ? from : "";
    }

    /**
     * The {@code next} of a page: letters, digits, hyphens and underscores.
     *
     * @param listed whose tokens; those of another target begin at their own beginning
     */
    String text(Target listed) {
        String text = name(listed) + '/' + from + '/' + Long.toHexString(begun) + '/' + holders;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /**
     * Parses it.
     *
     * @param text empty for the beginning
     * @throws Problem of kind invalid, also for the text of another target
     */
    static ListingPosition parse(String text, Target listed) {
        if (text.isEmpty()) {
            return behind("");
        }
        Matcher parts = TEXT.matcher(decoded(text));
        if (!parts.matches() || !parts.group(1).equals(name(listed))) {
            throw unknown();
        }
        return new ListingPosition(
                parts.group(4),
                Long.parseUnsignedLong(parts.group(3), 16),
                Optional.ofNullable(parts.group(2)).orElse(""));
    }

    private static String name(Target listed) {
        return Long.toHexString(MarkId.of(listed).bits());
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return Problem.invalid("after: not the next of a page");
    }
}
