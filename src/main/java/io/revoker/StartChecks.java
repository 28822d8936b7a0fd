package io.revoker;

import io.revoker.caller.Callers;
import io.revoker.caller.ClientFileException;
import io.revoker.config.Configuration;
import io.revoker.config.ConfigurationLoader;
import io.revoker.config.InvalidConfiguration;
import io.revoker.config.RedisTlsConfig;
import io.revoker.config.ServerTlsConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds everything that is wrong before anything is started, what only this machine can tell included. */
final class StartChecks {
    private final List<String> faults = new ArrayList<>();

    private StartChecks() {}

    /** Fails with every fault at once. Blocks while it reads files and asks for names. */
    static Configuration load(List<String> arguments, Map<String, String> environment) throws StartRefused {
        StartChecks checks = new StartChecks();
        Optional<Configuration> configuration = checks.loaded(arguments, environment);
        configuration.ifPresent(checks::check);
        if (!checks.faults.isEmpty()) {
            throw new StartRefused(checks.faults);
        }
        return configuration.orElseThrow();
    }

    private Optional<Configuration> loaded(List<String> arguments, Map<String, String> environment) {
        try {
            return Optional.of(ConfigurationLoader.load(arguments, environment));
        } catch (InvalidConfiguration e) {
            faults.addAll(e.faults());
            return e.remainder();
        }
    }

    private void check(Configuration configuration) {
        configuration
                .clients()
                .file()
                .ifPresentOrElse(
                        this::clients, () -> loopback(configuration.http().host()));
        ServerTlsConfig server = configuration.http().tls();
        if (server.enabled()) {
            pem("http.tls.certificate", server.certificate());
            pem("http.tls.key", server.key());
        }
        RedisTlsConfig redis = configuration.redis().tls();
        pem("redis.tls.ca", redis.ca());
        pem("redis.tls.certificate", redis.certificate());
        pem("redis.tls.key", redis.key());
    }

    private void clients(Path file) {
        try {
            Callers.requireUsable(file);
        } catch (ClientFileException e) {
            StartFaults.of(e).ifPresent(faults::addAll);
        }
    }

    private void pem(String setting, Optional<Path> file) {
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            faults.add(setting + ": " + file.get() + " (expected: a readable PEM file)");
        }
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
