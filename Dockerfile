# The chat server, its alert webhook, and what reads the log of the nginx in front of it. Entry commands:
# build/chatroom/server.js, build/chatroom/webhook.js, build/nginx-log-exporter/main.js.
FROM docker.io/library/node:24.21.0-bookworm-slim AS build
WORKDIR /source
COPY package.json package-lock.json ./
# No install scripts: nothing that is compiled here needs one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY image ./image
COPY chatroom ./chatroom
COPY nginx-log-exporter ./nginx-log-exporter
COPY monitoring ./monitoring
COPY imports ./imports
COPY constructs ./constructs
RUN sh image/assemble.sh /app

FROM docker.io/library/node:24.21.0-bookworm-slim
# What only a build needs, and what could only help an intruder.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /opt/yarn*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app ./
# The user `node` of the image, as a number, so that Kubernetes can see that it is not root. Nothing is written.
USER 1000:1000
EXPOSE 8000 8080
ENTRYPOINT ["node"]
CMD ["build/chatroom/server.js"]
