package io.revoker.net;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** Tells public addresses from those that only this machine or its networks know (RFC 6890). */
public final class HostAddresses {
    /** The blocks that {@link InetAddress} has no question for: the first bytes, and how many bits of them count. */
    private record Block(int bits, List<Integer> bytes) {
        static Block of(int bits, Integer... bytes) {
            return new Block(bits, List.of(bytes));
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (bytes.get(bit / 8) & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> V4 = List.of(
            Block.of(8, 0), Block.of(10, 100, 64), Block.of(24, 192, 0, 0), Block.of(15, 198, 18), Block.of(4, 240));

    /** Unique local ones, those that stand for an IPv4 address (NAT64, 6to4, Teredo), and those that discard. */
    private static final List<Block> V6 = List.of(
            Block.of(7, 0xfc),
            Block.of(96, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0),
            Block.of(48, 0, 0x64, 0xff, 0x9b, 0, 1),
            Block.of(16, 0x20, 0x02),
            Block.of(32, 0x20, 0x01, 0, 0),
            Block.of(64, 1, 0, 0, 0, 0, 0, 0, 0),
            Block.of(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private HostAddresses() {}

    /** Whether hosts outside can have it. */
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && (address instanceof Inet6Address ? V6 : V4).stream().noneMatch(block -> block.contains(bytes));
    }

    /** Whether a host is certainly not public, without a look-up of its name. */
    public static boolean isInside(String host) {
        return isLoopback(host) || (isAddress(host) && !isPublic(literal(host)));
    }

    /** Whether a host is this machine, without a look-up of its name (RFC 6761, section 6.3). */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || (isAddress(host) && literal(host).isLoopbackAddress());
    }

    /** The host of a URL as the resolver takes it: an IPv6 address without its brackets. */
    public static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(bare(host)) || NetUtil.isValidIpV6Address(bare(host));
    }

    /** Of an address no name is looked up. */
    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(bare(host)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
