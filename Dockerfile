# clusterbot in a slim image: built with the Swift runtime inside, run as an ordinary user, no secrets in any layer.
FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libcurl4-openssl-dev libsqlite3-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# Dependencies first: this layer is built anew only when the manifest changes.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
# The repository is not copied: docker build --build-arg CLUSTERBOT_COMMIT="$(git rev-parse HEAD)" says which one it is.
ARG CLUSTERBOT_COMMIT=unknown
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product clusterbot \
    && install -s "$(swift build -c release --static-swift-stdlib --show-bin-path)/clusterbot" /usr/local/bin/clusterbot

FROM debian:bookworm-slim
# Without ca-certificates every TLS call would fail, and only when it is made.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libcurl4 libsqlite3-0 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/clusterbot --shell /usr/sbin/nologin clusterbot
COPY --from=build /usr/local/bin/clusterbot /usr/local/bin/clusterbot
USER clusterbot
WORKDIR /var/lib/clusterbot
VOLUME /var/lib/clusterbot
EXPOSE 8080
# What is being sent is awaited for `cluster_api.timeouts.total` and 15 s more: run it with `--stop-timeout 150`, or Docker kills
# it after 10 s.
STOPSIGNAL SIGTERM
# The store is on the volume; the configuration and the secret files are mounted read-only.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5m \
    CMD ["/usr/local/bin/clusterbot", "health", "http://127.0.0.1:8080"]
ENTRYPOINT ["/usr/local/bin/clusterbot"]
CMD ["serve", "--config", "/etc/clusterbot/clusterbot.yaml"]
