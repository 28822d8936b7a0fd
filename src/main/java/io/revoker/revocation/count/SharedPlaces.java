package io.revoker.revocation.count;

/** The places that all event loops of an instance share. */
public record SharedPlaces(HolderPlaces counts, HolderPlaces listings) {

    /** A few for each. A few users may have as many grants as a listing reads. */
    public SharedPlaces() {
        this(new HolderPlaces("counts of many users", 4, 10_000), new HolderPlaces("listings of tokens", 4, 0));
    }
}
