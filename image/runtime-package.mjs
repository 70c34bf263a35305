// Prints a package.json with only the dependencies that the chat room and its log exporter import when they run: the
// constructs and the operator bring hundreds of megabytes that they never load.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { name, version, license, type, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

const imported = new Set(
  ['chatroom', 'nginx-log-exporter', 'monitoring/metrics']
    .flatMap(sources)
    .flatMap((text) => [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^'.][^']*)'/g)])
    .map(([, path]) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
);
const wanted = Object.fromEntries(Object.entries(dependencies).filter(([one]) => imported.has(one)));
if (Object.keys(wanted).length === 0)
  throw new Error('chatroom/ imports no package: run this in the checkout');
console.log(JSON.stringify({ name, version, license, private: true, type, dependencies: wanted }, null, 2));
