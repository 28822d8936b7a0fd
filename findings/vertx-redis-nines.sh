#!/usr/bin/env bash
# vertx-redis-client 5.0.7 counts the digits of a number by its logarithm as a double, which is rounded up to the next
# whole one for numbers just below 10^15, and the farther below the greater the power. Such an argument is sent with one
# byte too many: a zero byte before its digits. Redis stores that text without an error. The same number sent as text is
# stored as it is.
#
# Seen: the lines below; NUL stands for the zero byte. Nothing is connected to. Needs a JDK of 17 or newer, and Maven.
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
  </dependencies>
</project>
XML

cat > Seen.java <<'JAVA'
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;

public class Seen {
    public static void main(String[] arguments) {
        for (int digits = 14; digits <= 18; digits++) {
            long power = Long.parseLong("1" + "0".repeat(digits));
            System.out.println(
                    digits + " nines: " + sent(Request.cmd(Command.ECHO).arg(power - 1)) + ", wrong below 10^" + digits
                            + ": " + wrong(power));
        }
        System.out.println("as text: " + sent(Request.cmd(Command.ECHO).arg("9".repeat(17))));
    }

    static String sent(Request request) {
        String all = ((RequestImpl) request).encode().toString();
        return all.substring(all.lastIndexOf('$')).strip().replace("\r\n", " ").replace("\0", "NUL");
    }

    static long wrong(long power) {
        long wrong = 0;
        while (sent(Request.cmd(Command.ECHO).arg(power - wrong - 1)).contains("NUL")) {
            wrong++;
        }
        return wrong;
    }
}
JAVA

mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib
seen=$(java -cp 'lib/*' Seen.java 2>/dev/null)
expected='14 nines: $14 99999999999999, wrong below 10^14: 0
15 nines: $16 NUL999999999999999, wrong below 10^15: 2
16 nines: $17 NUL9999999999999999, wrong below 10^16: 21
17 nines: $18 NUL99999999999999999, wrong below 10^17: 407
18 nines: $19 NUL999999999999999999, wrong below 10^18: 4031
as text: $17 99999999999999999'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed; expected:"; echo "$expected"; exit 1; }
