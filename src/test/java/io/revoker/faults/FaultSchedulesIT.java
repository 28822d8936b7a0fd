package io.revoker.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same with the packaged service, in processes that are killed. */
class FaultSchedulesIT {
    @TempDir
    private Path directory;

    @Test
    void breaksNoPromise() {
        Laboratory laboratory = new Laboratory(Program.packaged(directory));
        laboratory.verifySome(Topology.PACKAGED);
        laboratory.report("packaged");
    }
}
