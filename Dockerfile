# syntax=docker/dockerfile:1
# Three stages: build the jar, rehearse a start to record the AOT cache, and keep only what runs.
# The RUN lines that matter are scripts of this repository, so that they can be run without an engine
# (bench/image-steps does).

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY pom.xml ./
COPY bin ./bin
COPY src ./src
RUN mvn -q -B -ntp -Dmaven.test.skip package && bin/extract target/stackwright.jar /app

FROM eclipse-temurin:25-jre AS rehearse
COPY --from=build /app /app
COPY --from=build /source/bin /bin/stackwright
RUN /bin/stackwright/rehearse /app

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /data --create-home stackwright
COPY --from=rehearse /app /app
USER stackwright
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENV STACKWRIGHT_HEAP=160m SERVER_ADDRESS=0.0.0.0
HEALTHCHECK --interval=30s --timeout=3s --start-period=30s \
  CMD ["/app/healthy"]
ENTRYPOINT ["/app/start"]
