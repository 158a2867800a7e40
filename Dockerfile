# The application, all its processes in one image; compose.yaml says which one a container runs.
# No container engine was at hand when this was written: npm run check:image runs its steps in fresh Debian roots.
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
COPY chaincode/package.json chaincode/
# Only the scripts that package.json allows: older versions of npm than the one that reads that list would run all.
RUN npm ci --ignore-scripts \
 && npm rebuild node esbuild classic-level
COPY . .
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts \
 && rm -rf .next/cache

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10001 cocity \
 && useradd --system --uid 10001 --gid cocity --home-dir /data --shell /usr/sbin/nologin cocity \
 && install -d -o cocity -g cocity -m 0700 /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/node_modules/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    COCITY_DATA=/data \
    HOST=0.0.0.0 \
    PORT=3000
USER cocity
VOLUME /data
EXPOSE 3000
CMD ["node", "dist/programs/services/site/main.js"]
