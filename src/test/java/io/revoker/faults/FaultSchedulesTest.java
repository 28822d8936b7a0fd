package io.revoker.faults;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** No schedule of faults breaks a promise. */
class FaultSchedulesTest {
    private static final Laboratory LABORATORY = new Laboratory(Program.here());

    @AfterAll
    static void report() {
        LABORATORY.report("schedules");
    }

    @Test
    void breaksNoPromiseOnOneRedis() {
        LABORATORY.verifyAll(Topology.ONE);
    }

    @Test
    void breaksNoPromiseBehindASentinel() {
        LABORATORY.verifySome(Topology.SENTINEL);
    }

    @Test
    void breaksNoPromiseOnACluster() {
        LABORATORY.verifySome(Topology.CLUSTER);
    }
}
