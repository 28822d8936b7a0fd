package io.revoker.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The yardstick of the feed: as many subscribers of a channel of Redis, each on a connection of its own, as there are
 * followers in the process. Each message is a number of so many digits; says {@code heard NUMBER TIME} once all have
 * it. The next one is not published before.
 */
final class ReachSubscribers implements AutoCloseable {
    static final String CHANNEL = "reach";
    private static final byte[] SUBSCRIBE = ascii("SUBSCRIBE " + CHANNEL + "\r\n");
    private static final int CONFIRMATION = ascii("*3\r\n$9\r\nsubscribe\r\n$5\r\nreach\r\n:1\r\n").length;
    private static final int MESSAGE = ascii("*3\r\n$7\r\nmessage\r\n$5\r\nreach\r\n$8\r\n00000000\r\n").length;

    private final Selector selector;
    private final List<Subscriber> all;
    private final Sayer sayer;
    private long number = 1;

    /** Says what has happened, and when. */
    interface Sayer {
        void say(String what, String name, long time);
    }

    private ReachSubscribers(Selector selector, List<Subscriber> all, Sayer sayer) {
        this.selector = selector;
        this.all = all;
        this.sayer = sayer;
    }

    /** One of them. */
    private static final class Subscriber {
        private final SocketChannel channel;
        private long bytes = -CONFIRMATION;

        Subscriber(SocketChannel channel) {
            this.channel = channel;
        }

        void read(ByteBuffer buffer) throws IOException {
            buffer.clear();
            int read = channel.read(buffer);
            if (read < 0) {
                channel.close();
            } else {
                bytes += read;
            }
        }
    }

    static ReachSubscribers start(int port, int number, Sayer sayer) throws IOException {
        Selector selector = Selector.open();
        List<Subscriber> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(SUBSCRIBE));
            channel.configureBlocking(false);
            Subscriber subscriber = new Subscriber(channel);
            channel.register(selector, SelectionKey.OP_READ, subscriber);
            all.add(subscriber);
        }
        ReachSubscribers started = new ReachSubscribers(selector, all, sayer);
        Thread thread = new Thread(started::run, "subscribers");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    int size() {
        return all.size();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 12);
        try {
            while (selector.select() >= 0 && selector.isOpen()) {
                for (SelectionKey ready : selector.selectedKeys()) {
                    ((Subscriber) ready.attachment()).read(buffer);
                }
                selector.selectedKeys().clear();
                if (all.stream().allMatch(one -> one.bytes >= number * MESSAGE)) {
                    sayer.say("heard", Long.toString(number++), System.nanoTime());
                }
            }
        } catch (IOException gone) {
            System.err.println("subscribers: " + gone);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (Subscriber one : all) {
            one.channel.close();
        }
    }
}
