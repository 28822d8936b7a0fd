package io.revoker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Members;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One name with the addresses of all members, as that of a headless Service in Kubernetes is, all at the same port. */
class MemberNamesTest {
    private static final String NAME = "revoker-headless.revoker.svc.cluster.local";

    private static final int MOST = 3;

    @TempDir
    private Path directory;

    /** Of the loopback, all of whose addresses Linux has, or of others where it has only one. */
    private static List<String> addresses() throws IOException {
        return Stream.concat(
                        Stream.of("127.0.0.1", "127.0.0.2", "127.0.0.3"),
                        NetworkInterface.networkInterfaces()
                                .flatMap(NetworkInterface::inetAddresses)
                                .filter(Inet4Address.class::isInstance)
                                .map(InetAddress::getHostAddress))
                .distinct()
                .filter(MemberNamesTest::isOurs)
                .limit(MOST)
                .toList();
    }

    private static boolean isOurs(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.isBound();
        } catch (IOException ofAnotherMachine) {
            return false;
        }
    }

    @Test
    void isEnoughToFindAllMembers() throws IOException {
        List<String> addresses = addresses();
        assertThat(addresses).as("addresses of this machine").hasSizeGreaterThanOrEqualTo(2);
        Path hosts = Files.writeString(
                directory.resolve("hosts"),
                Stream.concat(
                                Stream.of(
                                        "127.0.0.1 localhost",
                                        "127.0.0.1 "
                                                + InetAddress.getLocalHost().getHostName()),
                                addresses.stream().map(address -> address + " " + NAME))
                        .collect(Collectors.joining("\n", "", "\n")));
        int port = Members.of(1).ports().get(0);
        List<MemberProcess> members = new ArrayList<>();
        try {
            addresses.forEach(address -> members.add(MemberProcess.of(hosts, address, port, NAME)));
            members.forEach(member -> member.awaitMembers(addresses.size()));
        } finally {
            members.forEach(MemberProcess::close);
        }
    }
}
