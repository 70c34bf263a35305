import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a program is needed for: `start` by the running chat room and by its tests, `test` by the tests alone. */
export type Purpose = 'start' | 'test';

interface Requirement {
  /** The Debian package that brings it. */
  readonly package: string;
  /** What it is called: Debian's name first, then its upstream name. */
  readonly names: readonly string[];
  readonly purpose: Purpose;
  /** The system service that the package sets up and that we neither need nor want running. */
  readonly unit?: string;
}

/** Every program that is not ours and not on npm, in the order in which it is reported when it is missing. */
const requirements = {
  postgres: {
    package: 'postgresql',
    names: ['postgres'],
    purpose: 'start',
    unit: 'postgresql.service',
  },
  initdb: { package: 'postgresql', names: ['initdb'], purpose: 'start' },
  redis: { package: 'redis-server', names: ['redis-server'], purpose: 'start', unit: 'redis-server.service' },
  nginx: { package: 'nginx', names: ['nginx'], purpose: 'start', unit: 'nginx.service' },
  prometheus: {
    package: 'prometheus',
    names: ['prometheus'],
    purpose: 'start',
    unit: 'prometheus.service',
  },
  alertmanager: {
    package: 'prometheus-alertmanager',
    names: ['prometheus-alertmanager', 'alertmanager'],
    purpose: 'start',
    unit: 'prometheus-alertmanager.service',
  },
  nodeExporter: {
    package: 'prometheus-node-exporter',
    names: ['prometheus-node-exporter', 'node_exporter'],
    purpose: 'start',
    unit: 'prometheus-node-exporter.service',
  },
  postgresExporter: {
    package: 'prometheus-postgres-exporter',
    names: ['prometheus-postgres-exporter', 'postgres_exporter'],
    purpose: 'start',
    unit: 'prometheus-postgres-exporter.service',
  },
  redisExporter: {
    package: 'prometheus-redis-exporter',
    names: ['prometheus-redis-exporter', 'redis_exporter'],
    purpose: 'start',
    unit: 'prometheus-redis-exporter.service',
  },
  nginxExporter: {
    package: 'prometheus-nginx-exporter',
    names: ['prometheus-nginx-exporter', 'nginx-prometheus-exporter'],
    purpose: 'start',
    unit: 'prometheus-nginx-exporter.service',
  },
  setpriv: { package: 'util-linux', names: ['setpriv'], purpose: 'start' },
  promtool: { package: 'prometheus', names: ['promtool'], purpose: 'test' },
  amtool: { package: 'prometheus-alertmanager', names: ['amtool'], purpose: 'test' },
  chromium: {
    package: 'chromium',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    purpose: 'test',
  },
  mkfs: { package: 'e2fsprogs', names: ['mkfs.ext4'], purpose: 'test' },
} as const satisfies Record<string, Requirement>;

export type ProgramName = keyof typeof requirements;

/** Where each program was found; absent means it was not. */
export type Programs = Readonly<Partial<Record<ProgramName, string>>>;

/** A program that is needed and was not found. */
export interface MissingProgram extends Requirement {
  readonly program: ProgramName;
}

/**
 * Looks every program up, PATH first.
 *
 * @param path - a PATH to search. @default - the PATH of this process, and the folders where Debian keeps
 * servers without putting them on the PATH of ordinary users
 */
export function findPrograms(path: string = defaultPath()): Programs {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const found = Object.entries(requirements).flatMap(([program, { names }]) => {
    const place = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
    return place === undefined ? [] : [[program, place]];
  });
  return Object.fromEntries(found) as Programs;
}

/** What is needed for a purpose and missing. The tests also need everything that the running system needs. */
export function missingPrograms(purpose: Purpose, programs: Programs): readonly MissingProgram[] {
  return (Object.entries(requirements) as [ProgramName, Requirement][])
    .filter(
      ([program, required]) => !programs[program] && (purpose === 'test' || required.purpose === 'start'),
    )
    .map(([program, required]) => ({ program, ...required }));
}

function defaultPath(): string {
  return [process.env['PATH'] ?? '', '/usr/sbin', '/sbin', '/usr/bin', '/bin', ...postgresqlFolders()].join(
    delimiter,
  );
}

/** Debian keeps each major version in a folder of its own; the newest comes first. */
function postgresqlFolders(): readonly string[] {
  const root = '/usr/lib/postgresql';
  try {
    return readdirSync(root)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
