package io.revoker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Processes;
import io.revoker.testing.Waiting;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServerProcessesTest {

    /** A parent that has turned into a program which waits for no children, as the first process of some containers. */
    @Test
    void aProcessThatNobodyReapsHasEnded() throws IOException {
        Process parent = new ProcessBuilder("sh", "-c", "exec 3<&0; (read line <&3) & echo $!; exec sleep 60").start();
        try (var output = parent.inputReader();
                var input = parent.outputWriter()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            Waiting.until("turned", () -> parent.info().command().orElse("").endsWith("sleep"));

            input.write("end\n");
            input.flush();
            Waiting.until("ended", () -> ServerProcesses.hasEnded(child));

            assertThat(child.isAlive()).as("in the table of processes").isTrue();
        } finally {
            Processes.awaitEnd(parent.destroyForcibly());
        }
    }

    @Test
    void aProcessThatRunsHasNotEnded() {
        assertThat(ServerProcesses.hasEnded(ProcessHandle.current())).isFalse();
    }
}
