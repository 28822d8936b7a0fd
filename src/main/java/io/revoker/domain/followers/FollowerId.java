package io.revoker.domain.followers;

import io.revoker.domain.Problem;
import java.util.regex.Pattern;

/**
 * Which follower it is.
 *
 * @param caller whose it is
 * @param name unique among the followers of that caller
 */
public record FollowerId(String caller, String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public FollowerId {
        if (!NAME.matcher(name).matches()) {
            throw Problem.invalid("name: not that of a follower (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
        }
    }
}
