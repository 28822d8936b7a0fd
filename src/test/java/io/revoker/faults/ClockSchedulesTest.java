package io.revoker.faults;

import io.revoker.testing.NeedsTools;
import org.junit.jupiter.api.Test;

/** The same with a Redis whose clock is set, by libfaketime. */
@NeedsTools
class ClockSchedulesTest {
    @Test
    void breaksNoPromise() {
        Laboratory laboratory = new Laboratory(Program.here());
        laboratory.verifySome(Topology.CLOCK);
        laboratory.report("clock");
    }
}
