package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The bill of materials, by which scanners look for known vulnerabilities, names what is in the jar. */
class BillOfMaterialsIT {
    private static final Path BILL = Path.of(System.getProperty("revoker.bill"));

    @Test
    void comesWithEveryBuildThatHasANetwork() {
        assertThat(Files.exists(BILL) || System.getProperty("revoker.network").equals("offline true"))
                .isTrue();
    }

    @Test
    void hasTheVersionsOfTheJar() throws IOException {
        if (Files.exists(BILL)) {
            assertThat(bill().path("components"))
                    .map(part -> part.path("group").asText()
                            + '/'
                            + part.path("name").asText()
                            + ' '
                            + part.path("version").asText())
                    .contains(
                            inTheJar("io.vertx/vertx-core"),
                            inTheJar("io.vertx/vertx-redis-client"),
                            inTheJar("io.netty/netty-handler"),
                            inTheJar("com.fasterxml.jackson.core/jackson-databind"),
                            inTheJar("com.nimbusds/nimbus-jose-jwt"),
                            inTheJar("ch.qos.logback/logback-classic"),
                            inTheJar("com.github.codemonstur/embedded-redis"))
                    .noneMatch(part -> part.startsWith("org.junit") || part.startsWith("org.assertj"));
        }
    }

    private static JsonNode bill() throws IOException {
        JsonNode bill = new JsonMapper().readTree(BILL.toFile());
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(StreamSupport.stream(bill.path("components").spliterator(), /* parallel= */ false))
                .hasSizeGreaterThan(40);
        return bill;
    }

    private static String inTheJar(String library) throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("revoker.jar"));
                InputStream in = jar.getInputStream(jar.getEntry("META-INF/maven/" + library + "/pom.properties"))) {
            Properties properties = new Properties();
            properties.load(in);
            return library + ' ' + properties.getProperty("version");
        }
    }
}
