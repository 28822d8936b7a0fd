#!/usr/bin/env bash
# vertx-core 5.0.7: a Vert.x that was closed is kept in memory for ever if one of its timers still refers to a NetClient
# that it has made, although the program holds neither. The cleaner of the client refers to the Vert.x, that to its
# timers, also to those that will never fire, and the timer to the client: so the client never becomes unreachable. A
# program that makes a Vert.x again and again, such as a test suite, runs out of heap. It has to cancel such timers, or
# to close such clients, before it closes the Vert.x.
#
# Seen: of ten closed Vert.x each, ten are left after collections if a timer refers to an open client, none if the timer
# was cancelled or the client closed. Needs a JDK of 17 or newer, and Maven.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.vertx</groupId>
      <artifactId>vertx-core</artifactId>
      <version>5.0.7</version>
    </dependency>
  </dependencies>
</project>
XML

cat > Seen.java <<'JAVA'
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

public class Seen {
    enum Before { NOTHING, TIMER_CANCELLED, CLIENT_CLOSED }

    public static void main(String[] arguments) throws Exception {
        for (Before before : Before.values()) {
            List<WeakReference<Vertx>> closed = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                closed.add(closed(before));
            }
            for (int i = 0; i < 20 && left(closed) > 0; i++) {
                System.gc();
                Thread.sleep(250);
            }
            System.out.println(before + ": " + left(closed) + " left");
        }
        System.exit(0);
    }

    static WeakReference<Vertx> closed(Before before) throws Exception {
        Vertx vertx = Vertx.vertx();
        NetClient client = vertx.createNetClient();
        long timer = vertx.setTimer(TimeUnit.HOURS.toMillis(1), fired -> client.close());
        if (before == Before.TIMER_CANCELLED) {
            vertx.cancelTimer(timer);
        } else if (before == Before.CLIENT_CLOSED) {
            client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return new WeakReference<>(vertx);
    }

    static long left(List<WeakReference<Vertx>> closed) {
        return closed.stream().filter(one -> one.get() != null).count();
    }
}
JAVA

mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
seen=$(java -cp 'lib/*' Seen.java 2>/dev/null)
expected='NOTHING: 10 left
TIMER_CANCELLED: 0 left
CLIENT_CLOSED: 0 left'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; exit 1; }
