import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { cacheFolder } from './locate';
import { pinnedVersion, type Tool, type Toolset } from './toolsets';

const environment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' };

/**
 * Builds one program from its pinned Go modules into the cache. The binary appears under its name only when it is
 * complete, so that an interrupted build is never mistaken for a tool.
 * @returns seconds the build took
 */
export async function build(toolset: Toolset, tool: Tool, say: (line: string) => void): Promise<number> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const target = cacheFolder(toolset);
  mkdirSync(dirname(target), { recursive: true });
  const scratch = mkdtempSync(`${target}.building-`);
  try {
    const tags = ['-tags', toolset.tags.join(',')];
    const packages = execFileSync('go', ['list', '-deps', ...tags, tool.package], {
      cwd: toolset.folder,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n').length;
    const output = join(scratch, tool.name);
    const ldflags = ['-s', '-w', ...stamps(toolset, tool).map((stamp) => `-X ${stamp}`)].join(' ');
    const go = spawn(
      'go',
      ['build', '-v', '-trimpath', ...tags, '-ldflags', ldflags, '-o', output, tool.package],
      {
        cwd: toolset.folder,
        env: environment,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let compiled = 0;
    let saidAt = 0;
    const complaints: string[] = [];
    createInterface({ input: go.stderr }).on('line', (line) => {
      // `go build -v` names one package a line; anything with a space is the compiler speaking.
      if (line.includes(' ') && !line.startsWith('go: downloading')) complaints.push(line);
      else compiled += 1;
      if (seconds() - saidAt < 15) return;
      saidAt = seconds();
      say(`  ${tool.name}: ${compiled} packages compiled (of at most ${packages}), ${saidAt} s`);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      go.on('error', reject);
      go.on('close', resolve);
    });
    if (code !== 0) throw new Error(`go build ${tool.package} failed (${code}):\n${complaints.join('\n')}`);
    mkdirSync(target, { recursive: true });
    renameSync(output, join(target, tool.name));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return seconds();
}

/** Copies a folder of a pinned module into the cache. */
export function copyFolder(
  toolset: Toolset,
  { name, module, path }: NonNullable<Toolset['folders']>[number],
): void {
  execFileSync('go', ['mod', 'download', module], { cwd: toolset.folder, env: environment });
  const source = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', module], {
    cwd: toolset.folder,
    env: environment,
    encoding: 'utf8',
  }).trim();
  const target = join(cacheFolder(toolset), name);
  mkdirSync(target, { recursive: true });
  // Files of the module cache are read-only; ours must be removable.
  for (const file of readdirSync(join(source, path))) {
    writeFileSync(join(target, file), readFileSync(join(source, path, file)));
  }
}

function stamps(toolset: Toolset, tool: Tool): string[] {
  const version = pinnedVersion(toolset, tool.module);
  const [major = '', minor = ''] = version.split('.');
  return tool.stamp.map((stamp) =>
    stamp.replace('{version}', version).replace('{major}', major).replace('{minor}', minor),
  );
}
