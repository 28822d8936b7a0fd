package io.revoker.redis.keys;

/**
 * The version of the layout of the data, as it was last seen in Redis; shared by all event loops. Every version is
 * read; registrations write in the one that is noted, so that instances of the build before can read it.
 */
public final class LayoutVersion {
    /** The one that this build has added: users with few tokens share hashes. */
    public static final int NEWEST = 2;

    public static final int FIRST = 1;

    private volatile int noted;

    public LayoutVersion(int noted) {
        this.noted = noted;
    }

    public int noted() {
        return noted;
    }

    public void set(int version) {
        noted = version;
    }

    public boolean hasSharedHashes() {
        return noted >= 2;
    }
}
