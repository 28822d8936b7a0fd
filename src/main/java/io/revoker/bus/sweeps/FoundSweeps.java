package io.revoker.bus.sweeps;

import io.revoker.domain.store.SweepStatus;
import java.util.List;

/** The sweeps that were requested, oldest first. */
public record FoundSweeps(List<SweepStatus> sweeps) {
    public FoundSweeps {
        sweeps = List.copyOf(sweeps);
    }
}
