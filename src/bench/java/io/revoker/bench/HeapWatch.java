package io.revoker.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of another JVM, over its management agent. */
record HeapWatch(JMXConnector connector, MemoryMXBean memory) implements AutoCloseable {
    @SuppressWarnings("BanJNDI") // what it deserialises comes from a process that the benchmark has started
    static HeapWatch attach(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach("" + pid);
            String url = machine.startLocalManagementAgent();
            machine.detach();
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url));
            MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                    connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
            return new HeapWatch(connector, memory);
        } catch (AttachNotSupportedException e) {
            throw new IOException("JVM " + pid + ": not attachable", e);
        }
    }

    /** Bytes in use, garbage included. */
    long used() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Bytes in use right after a full collection: what is alive. */
    long alive() {
        memory.gc();
        return used();
    }

    /** The most that a figure was while something ran; it is asked for again and again. */
    static long most(LongSupplier figure, Duration every, Step step) throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Long> most = CompletableFuture.supplyAsync(() -> {
            long highest = 0;
            while (!ended.get()) {
                highest = Math.max(highest, figure.getAsLong());
                LockSupport.parkNanos(every.toNanos());
            }
            return highest;
        });
        try {
            step.run();
        } finally {
            ended.set(true);
        }
        return most.join();
    }

    /** Something that is measured. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
