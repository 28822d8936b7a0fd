#!/usr/bin/env bash
# vertx-core 5.0.7: an exception that a listener of a future throws is reported in one of three ways, one of which is
# silence. A future made outside of a context with one listener throws it out of complete(); with a second listener it
# is swallowed and not logged; a future of a context passes it to the exception handler of the context. So a bug in the
# code that should answer a request can leave the request open, depending on how many listeners there are.
#
# Seen: the lines below. Needs a JDK of 17 or newer, and Maven.
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
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

public class Seen {
    public static void main(String[] arguments) throws Exception {
        Promise<String> one = Promise.promise();
        one.future().onComplete(value -> fail());
        tell("no context, one listener", one);

        Promise<String> two = Promise.promise();
        two.future().onComplete(value -> fail());
        two.future().onComplete(value -> System.out.println("the second listener is called"));
        tell("no context, two listeners", two);

        Vertx vertx = Vertx.vertx();
        Context context = vertx.getOrCreateContext();
        CompletableFuture<String> handled = new CompletableFuture<>();
        context.exceptionHandler(fault -> handled.complete(fault.getMessage()));
        Promise<String> three = ((ContextInternal) context).promise();
        three.future().onComplete(value -> fail());
        three.future().onComplete(value -> {});
        tell("context, two listeners", three);
        System.out.println("exception handler: " + handled.get(5, TimeUnit.SECONDS));
        vertx.close();
    }

    static void fail() {
        throw new IllegalStateException("fault");
    }

    static void tell(String what, Promise<String> promise) {
        try {
            promise.complete("value");
            System.out.println(what + ": complete() returns");
        } catch (IllegalStateException e) {
            System.out.println(what + ": complete() throws " + e.getMessage());
        }
    }
}
JAVA

mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
seen=$(java -cp 'lib/*' Seen.java 2>&1)
expected='no context, one listener: complete() throws fault
the second listener is called
no context, two listeners: complete() returns
context, two listeners: complete() returns
exception handler: fault'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; exit 1; }
