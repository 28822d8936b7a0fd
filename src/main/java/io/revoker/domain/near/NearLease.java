package io.revoker.domain.near;

import io.revoker.domain.Stamp;
import java.time.Duration;

/**
 * What an instance promises that answers checks from its memory. It does so for as long as its lease lasts, and stops
 * if it can't renew it.
 *
 * @param instance a new name for each time that it begins to answer from memory
 * @param read every revocation up to this is taken into account
 * @param bound how long the lease lasts from each renewal on
 */
public record NearLease(String instance, Stamp read, Duration bound) {

    /** Whether its answers take a revocation into account. */
    public boolean hasRead(Stamp stamp) {
        return !stamp.isAfter(read);
    }
}
