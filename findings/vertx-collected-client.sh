#!/usr/bin/env bash
# vertx-core 5.0.7: a NetClient that is no longer reachable is shut down when the garbage collector finds it. 30 seconds
# later the connections that it made are closed, although the program holds their sockets and reads from them. A program
# that keeps only the sockets loses them at a moment that depends on the heap.
#
# Seen: of two sockets on one server, the one whose client is reachable is answered; the other one's closeHandler is
# called half a minute after a collection. Takes as long. Needs a JDK of 17 or newer, and Maven.
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
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

public class Seen {
    static NetClient held;

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        int port = get(vertx.createNetServer().connectHandler(peer -> peer.handler(peer::write)).listen(0, "127.0.0.1"))
                .actualPort();
        held = vertx.createNetClient();
        NetSocket kept = get(held.connect(port, "127.0.0.1"));
        NetSocket dropped = get(vertx.createNetClient().connect(port, "127.0.0.1"));
        CompletableFuture<Void> closed = new CompletableFuture<>();
        dropped.closeHandler(end -> closed.complete(null));
        for (int i = 0; i < 60 && !closed.isDone(); i++) {
            System.gc();
            Thread.sleep(1000);
        }
        CompletableFuture<Buffer> answer = new CompletableFuture<>();
        kept.handler(answer::complete);
        kept.write("ping");
        System.out.println("client held: " + answer.get(5, TimeUnit.SECONDS));
        System.out.println("client dropped: " + (closed.isDone() ? "socket closed" : "socket open"));
        vertx.close();
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
JAVA

mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
seen=$(java -cp 'lib/*' Seen.java 2>/dev/null)
expected='client held: ping
client dropped: socket closed'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; exit 1; }
