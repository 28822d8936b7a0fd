package io.revoker.bench;

/**
 * What is swept.
 *
 * @param tokens how many it has, all of them lone
 * @param holders how many users have them
 */
record SweepTarget(String words, String body, int tokens, int holders) {
    private static final int HOLDERS_IN_ALL = 400_000;
    private static final int MOST_ROUNDS = 5;

    /** The first tokens of a realm. */
    static SweepTarget realm(TokenSet set, int tokens) {
        String words = String.format("realm of %,d, %s", tokens, set.perUser() == 1 ? "one a user" : "five a user");
        return new SweepTarget(words, "{\"realm_name\":\"" + set.realm() + "\"}", tokens, tokens / set.perUser());
    }

    /** The first user of a realm. */
    static SweepTarget user(TokenSet set) {
        String body = "{\"username\":\"user-" + set.realm() + "-0\"}";
        return new SweepTarget(String.format("one user of %,d", set.perUser()), body, set.perUser(), 1);
    }

    /** The smaller, the oftener. */
    int rounds() {
        return Math.max(1, Math.min(MOST_ROUNDS, HOLDERS_IN_ALL / holders));
    }
}
