package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The JVM takes the arguments of {@code conf/java.args}. */
class JavaArgumentsTest {
    @Test
    void areTakenByTheJvm() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(java.toString(), "@conf/java.args", "-XX:+PrintFlagsFinal", "-version")
                .redirectErrorStream(true)
                .start();

        String flags = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(flags).isZero();
        assertThat(flags).containsPattern("MaxHeapSize += 134217728").containsPattern("UseSerialGC += true");
    }
}
