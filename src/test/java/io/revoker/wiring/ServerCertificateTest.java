package io.revoker.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.testing.Certificate;
import io.revoker.wiring.StartProblems.NotStarted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void knowsTheKeyOfACertificateFromAnother(String algorithm) {
        Certificate own = Certificate.make(directory.resolve("own"), algorithm);
        Certificate like = Certificate.make(directory.resolve("like"), algorithm);
        Certificate unlike = Certificate.make(directory.resolve("unlike"), algorithm.equals("EC") ? "RSA" : "EC");

        assertThat(read(own.certificate(), own.key()).orElseThrow().expiry()).isEqualTo(own.end());
        for (Certificate other : List.of(like, unlike)) {
            assertThat(catchThrowableOfType(NotStarted.class, () -> read(own.certificate(), other.key()))
                            .problems())
                    .containsExactly(
                            "http.tls.key: " + other.key() + " (expected: the key of " + own.certificate() + ")");
        }
    }

    @Test
    void readsNothingWithoutTls() {
        assertThat(ServerCertificate.read(
                        new ServerTlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    private static Optional<ServerCertificate> read(Path certificate, Path key) {
        return ServerCertificate.read(
                new ServerTlsConfig(true, Optional.of(certificate), Optional.of(key), Optional.empty()));
    }
}
