# docker build -t revoker:0.1.0 .   (without a Docker daemon: mvn -Pimage -DskipTests package)
#
# The bases are pinned to their content, for every architecture at once. Another version brings its digest along:
#   docker buildx imagetools inspect IMAGE --format '{{.Manifest.Digest}}'
FROM docker.io/library/maven:3.9.9-eclipse-temurin-17@sha256:f58d59b6273e785ac0a4477f6e9b5ba1d7731c75b906c0f7b34076f1851318cc AS build
WORKDIR /src
COPY pom.xml .
COPY src/main src/main
COPY conf conf
# The run-time, the archive of classes and the jars, as Jib gets them too.
RUN mvn -B -ntp -Pimage -DskipTests -Dmaven.test.skip=true -Djib.skip=true package

FROM docker.io/library/debian:12.11-slim@sha256:b1a741487078b369e78119849663d7f1a5341ef2768798f7b7406c4240f86aef
# From what changes rarely to what always changes.
COPY --from=build /src/target/image/root/opt/java /opt/java
COPY --from=build /src/target/image/app/libs /app/libs
COPY --from=build /src/target/image/app/classpath /app/classpath
COPY --from=build /src/target/image/root/app /app
WORKDIR /app
USER 65532:65532
EXPOSE 8080 8081
ENTRYPOINT ["/opt/java/bin/java", "@/app/java.args", "io.revoker.Main"]
