package io.revoker;

import io.revoker.config.Configuration;
import io.revoker.config.RedisTlsConfig;
import io.revoker.config.ServerTlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What only this machine can tell about a configuration. */
final class StartChecks {
    private StartChecks() {}

    static void check(Configuration configuration) throws IOException {
        requireLoopbackWithoutClients(configuration);
        ServerTlsConfig server = configuration.http().tls();
        if (server.enabled()) {
            requireReadable("http.tls.certificate", server.certificate());
            requireReadable("http.tls.key", server.key());
        }
        RedisTlsConfig redis = configuration.redis().tls();
        requireReadable("redis.tls.ca", redis.ca());
        requireReadable("redis.tls.certificate", redis.certificate());
        requireReadable("redis.tls.key", redis.key());
    }

    private static void requireReadable(String setting, Optional<Path> file) throws IOException {
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            throw new IOException(setting + ": " + file.get() + " (expected: a readable PEM file)");
        }
    }

    private static void requireLoopbackWithoutClients(Configuration configuration) throws IOException {
        String host = configuration.http().host();
        if (configuration.clients().file().isEmpty() && !isLoopback(host)) {
            throw new IOException("clients.file: missing (expected: a client file when http.host is " + host
                    + ", which other hosts can reach; without one use 127.0.0.1)");
        }
    }

    private static boolean isLoopback(String host) throws IOException {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IOException("http.host: " + host + " (expected: an address of this host)", e);
        }
    }
}
