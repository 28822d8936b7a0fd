# The image for those who have a daemon: docker build -t revoker:0.1.0 .   (without one: mvn -Pimage -DskipTests package)
#
# The bases are pinned to versions. To pin them to their content as well, append the digest that
#   docker buildx imagetools inspect IMAGE --format '{{.Manifest.Digest}}'
# tells, as IMAGE@sha256:..., for every architecture at once.
FROM docker.io/library/maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml .
COPY src/main src/main
COPY conf conf
# The run-time, the archive of classes and the jars, as Jib gets them too.
RUN mvn -B -ntp -Pimage -DskipTests -Dmaven.test.skip=true -Djib.skip=true package

FROM docker.io/library/debian:12.11-slim
# From what seldom changes to what always does.
COPY --from=build /src/target/image/root/opt/java /opt/java
COPY --from=build /src/target/image/app/libs /app/libs
COPY --from=build /src/target/image/app/classpath /app/classpath
COPY --from=build /src/target/image/root/app /app
WORKDIR /app
USER 65532:65532
EXPOSE 8080 8081
ENTRYPOINT ["/opt/java/bin/java", "@/app/java.args", "io.revoker.Main"]
