package io.revoker.wiring;

import io.revoker.caller.Callers;
import io.revoker.caller.DocumentException;
import io.revoker.cluster.Cluster;
import io.revoker.config.Configuration;
import io.revoker.config.RedisConfig.RedisTlsConfig;
import io.revoker.config.source.ConfigurationLoader;
import io.revoker.config.source.PartialSettings;
import io.revoker.config.source.Settings;
import io.revoker.config.values.SettingsProblem;
import io.revoker.wiring.StartProblems.NotStarted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds all problems before anything is started, including those that only show on this machine. */
public final class StartChecks {
    private final List<String> problems = new ArrayList<>();

    private StartChecks() {}

    /** Fails with every problem at once. Blocks while it reads files and resolves names. */
    static Settings load(List<String> arguments, Map<String, String> environment) throws NotStarted {
        StartChecks checks = new StartChecks();
        Optional<Settings> settings = checks.loaded(arguments, environment);
        if (!checks.problems.isEmpty()) {
            throw new NotStarted(checks.problems);
        }
        return settings.orElseThrow();
    }

    /** Only reports the problems. */
    static List<String> problems(List<String> arguments, Map<String, String> environment) {
        try {
            load(arguments, environment);
            return List.of();
        } catch (NotStarted e) {
            return e.problems();
        }
    }

    /** Warnings about a configuration without problems. Blocks while it reads files. */
    public static List<String> warnings(Configuration configuration) {
        return configuration.clients().file().map(Callers::warnings).orElseGet(List::of);
    }

    private Optional<Settings> loaded(List<String> arguments, Map<String, String> environment) {
        try {
            Settings settings = ConfigurationLoader.read(arguments, environment);
            check(settings.configuration());
            return Optional.of(settings);
        } catch (SettingsProblem e) {
            problems.addAll(e.problems());
            if (e instanceof PartialSettings settings) {
                check(settings.remainder());
            }
            return Optional.empty();
        }
    }

    private void check(Configuration configuration) {
        configuration
                .clients()
                .file()
                .ifPresentOrElse(file -> clients(configuration, file), () -> loopback(configuration));
        read(() -> RealmSettings.read(configuration));
        read(() -> ServiceKeys.read(configuration.signing()));
        read(() -> ServiceKeys.read(configuration.ssf().push()));
        read(() -> ServerCertificate.read(configuration.http().tls()));
        Cluster.problem(configuration.cluster()).ifPresent(problems::add);
        SourceSettings.problem(configuration.ssf().source()).ifPresent(problems::add);
        pem("ssf.source.ca", PemFile.CERTIFICATES, configuration.ssf().source().ca());
        pem("ssf.push.ca", PemFile.CERTIFICATES, configuration.ssf().push().ca());
        RedisTlsConfig redis = configuration.redis().tls();
        pem("redis.tls.ca", PemFile.CERTIFICATES, redis.ca());
        pem("redis.tls.certificate", PemFile.CERTIFICATES, redis.certificate());
        pem("redis.tls.key", PemFile.PRIVATE_KEY, redis.key());
    }

    private void clients(Configuration configuration, Path file) {
        read(() -> ClientSettings.requireListener(configuration, Callers.requireUsable(file)));
        try {
            ClientSettings.keys(configuration);
        } catch (DocumentException | NotStarted e) {
            List<String> ofKeys = new ArrayList<>(StartProblems.of(e).orElseThrow());
            ofKeys.removeAll(problems);
            problems.addAll(ofKeys);
        }
    }

    /** Notes the problems of a file. */
    private void read(Runnable file) {
        try {
            file.run();
        } catch (DocumentException | NotStarted e) {
            StartProblems.of(e).ifPresent(problems::addAll);
        }
    }

    private void pem(String setting, PemFile kind, Optional<Path> file) {
        file.flatMap(path -> kind.problem(setting, path)).ifPresent(problems::add);
    }

    /** Without a client file, only loopback addresses are allowed. */
    private void loopback(Configuration configuration) {
        loopback("http.host", configuration.http().host());
        if (configuration.grpc().enabled()) {
            loopback("grpc.host", configuration.grpc().host());
        }
        if (configuration.bridge().enabled()) {
            loopback("bridge.host", configuration.bridge().host());
        }
    }

    private void loopback(String setting, String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                problems.add("clients.file: missing (expected: a client file when " + setting + " is " + host
                        + ", which other hosts can reach; without one use 127.0.0.1)");
            }
        } catch (UnknownHostException e) {
            problems.add(setting + ": " + host + " (expected: an address of this host)");
        }
    }
}
