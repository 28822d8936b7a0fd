#!/usr/bin/env bash
# A host name may have percent-encoded characters (RFC 3986, section 3.2.2). vertx-core 5.0.7 looks for the two digits
# behind a percent sign not at its place in the text, but at places 38 and 39, whatever the text: 37 is the code of the
# sign. So it throws for a shorter text, and a router of vertx-web, which asks first, answers 500. In a longer text other
# characters decide whether it is well-formed.
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
      <artifactId>vertx-core</artifactId>
      <version>5.0.7</version>
    </dependency>
  </dependencies>
</project>
XML

cat > Seen.java <<'JAVA'
import io.vertx.core.net.HostAndPort;

public class Seen {
    public static void main(String[] arguments) {
        String rest = ".".repeat(31);
        for (String host : new String[] {"alice", "al%69ce", "al%69ce" + rest + "AB", "al%69ce" + rest + "XY"}) {
            System.out.println(host + ": " + parsed(host));
        }
    }

    static String parsed(String host) {
        try {
            return String.valueOf(HostAndPort.parseAuthority(host, 80));
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
JAVA

mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
seen=$(java -cp 'lib/*' Seen.java 2>/dev/null)
expected='alice: alice:80
al%69ce: StringIndexOutOfBoundsException
al%69ce...............................AB: al%69ce...............................AB:80
al%69ce...............................XY: null'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; exit 1; }
