package io.revoker.wiring;

import io.revoker.caller.Callers;
import io.revoker.caller.ClientFileException;
import io.revoker.config.Configuration;
import io.revoker.config.HttpConfig.ServerTlsConfig;
import io.revoker.config.InvalidConfiguration;
import io.revoker.config.RedisConfig.RedisTlsConfig;
import io.revoker.config.source.ConfigurationLoader;
import io.revoker.config.source.FaultySettings;
import io.revoker.config.source.Settings;
import io.revoker.wiring.StartFaults.StartRefused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds everything that is wrong before anything is started, what only this machine can tell included. */
public final class StartChecks {
    private final List<String> faults = new ArrayList<>();

    private StartChecks() {}

    /** Fails with every fault at once. Blocks while it reads files and asks for names. */
    static Settings load(List<String> arguments, Map<String, String> environment) throws StartRefused {
        StartChecks checks = new StartChecks();
        Optional<Settings> settings = checks.loaded(arguments, environment);
        if (!checks.faults.isEmpty()) {
            throw new StartRefused(checks.faults);
        }
        return settings.orElseThrow();
    }

    /** Only looks. */
    static List<String> faults(List<String> arguments, Map<String, String> environment) {
        try {
            load(arguments, environment);
            return List.of();
        } catch (StartRefused e) {
            return e.faults();
        }
    }

    /** What to warn of, although nothing is wrong. Blocks while it reads files. */
    public static List<String> warnings(Configuration configuration) {
        return configuration.clients().file().map(Callers::warnings).orElseGet(List::of);
    }

    private Optional<Settings> loaded(List<String> arguments, Map<String, String> environment) {
        try {
            Settings settings = ConfigurationLoader.read(arguments, environment);
            check(settings.configuration());
            return Optional.of(settings);
        } catch (InvalidConfiguration e) {
            faults.addAll(e.faults());
            if (e instanceof FaultySettings settings) {
                check(settings.remainder());
            }
            return Optional.empty();
        }
    }

    private void check(Configuration configuration) {
        configuration
                .clients()
                .file()
                .ifPresentOrElse(
                        this::clients, () -> loopback(configuration.http().host()));
        certificate(configuration.http().tls());
        RedisTlsConfig redis = configuration.redis().tls();
        pem("redis.tls.ca", PemFile.CERTIFICATES, redis.ca());
        pem("redis.tls.certificate", PemFile.CERTIFICATES, redis.certificate());
        pem("redis.tls.key", PemFile.PRIVATE_KEY, redis.key());
    }

    private void clients(Path file) {
        try {
            Callers.requireUsable(file);
        } catch (ClientFileException e) {
            StartFaults.of(e).ifPresent(faults::addAll);
        }
    }

    private void certificate(ServerTlsConfig tls) {
        try {
            ServerCertificate.read(tls);
        } catch (StartRefused e) {
            faults.addAll(e.faults());
        }
    }

    private void pem(String setting, PemFile kind, Optional<Path> file) {
        file.flatMap(path -> kind.fault(setting, path)).ifPresent(faults::add);
    }

    /** Without a client file. */
    private void loopback(String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                faults.add("clients.file: missing (expected: a client file when http.host is " + host
                        + ", which other hosts can reach; without one use 127.0.0.1)");
            }
        } catch (UnknownHostException e) {
            faults.add("http.host: " + host + " (expected: an address of this host)");
        }
    }
}
