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
    && groupadd --gid 10001 clusterbot \
    && useradd --uid 10001 --gid 10001 --create-home --home-dir /var/lib/clusterbot --shell /usr/sbin/nologin clusterbot
ARG CLUSTERBOT_COMMIT=unknown
LABEL org.opencontainers.image.title="clusterbot" \
    org.opencontainers.image.description="Training clusters from the team's chat, with approvals and a history" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.revision="$CLUSTERBOT_COMMIT"
COPY --from=build /usr/local/bin/clusterbot /usr/local/bin/clusterbot
# By number, so that Kubernetes can see that it is not root. Volumes and secret files belong to this number.
USER 10001:10001
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
