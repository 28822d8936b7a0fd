#!/usr/bin/env bash
# vertx-redis-client 5.0.7 refuses a host whose name has an underscore, as Docker Compose gave them to containers
# (redis_1), before it is resolved. It uses java.net.URI, which finds no host there; Jedis 5.1.0 finds none either,
# while redis-cli and the resolver accept such names.
#
# Seen: the lines below. Nothing is connected to. Needs a JDK of 17 or newer, and Maven.
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
      <artifactId>vertx-redis-client</artifactId>
      <version>5.0.7</version>
    </dependency>
    <dependency>
      <groupId>redis.clients</groupId>
      <artifactId>jedis</artifactId>
      <version>5.1.0</version>
    </dependency>
  </dependencies>
</project>
XML

cat > Seen.java <<'JAVA'
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

public class Seen {
    static final String URL = "redis://redis_1:6379";

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        tell("java.net.URI", () -> "host " + new URI(URL).getHost());
        tell("vertx-redis-client", () -> io.vertx.redis.client.Redis.createClient(vertx, URL)
                .connect()
                .map(connection -> "connected")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS));
        tell("jedis", () -> "host " + redis.clients.jedis.util.JedisURIHelper.getHostAndPort(new URI(URL)).getHost());
        vertx.close();
    }

    static void tell(String who, Callable<String> part) {
        String seen;
        try {
            seen = part.call();
        } catch (Throwable failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            seen = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
        System.out.println(who + ": " + seen);
    }
}
JAVA

mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
seen=$(java -cp 'lib/*' Seen.java 2>/dev/null)
expected='java.net.URI: host null
vertx-redis-client: IllegalArgumentException: Fail to parse connection string authority
jedis: host null'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; exit 1; }
