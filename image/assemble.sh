#!/bin/sh
# Assembles what the chat room's image contains: compiled code, its files, and only the packages it imports.
# The Dockerfile runs this, and so does the test that starts the result without a container engine.
#   usage: image/assemble.sh FOLDER
set -eu
out=$1
mkdir -p "$out"
node node_modules/typescript/bin/tsc -p tsconfig.build.json --declaration false --outDir "$out/build"
rm -rf "$out/build/constructs" "$out/build/imports"
cp -R chatroom/web chatroom/migrations "$out/build/chatroom/"
node image/runtime-package.mjs > "$out/package.json"
cp package-lock.json "$out/"
# Not `npm ci`: the lock file knows more packages than are wanted here. What is wanted keeps its locked version.
cd "$out"
npm install --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline
# Two thirds of it is never read by a program that runs: types, source maps, second copies for browsers and bundlers.
find node_modules -type f \( -name '*.d.ts' -o -name '*.map' -o -name '*.md' \) -delete
find node_modules/@opentelemetry -type d \( -path '*/build/esm' -o -path '*/build/esnext' \) -prune -exec rm -rf {} +
