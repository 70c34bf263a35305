import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { toolsets, type Tool, type Toolset } from './toolsets';

/** Name of a program of the suite, e.g. `kube-apiserver`. */
export type ToolName =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kubectl'
  | 'etcd'
  | 'prometheus-operator'
  | 'prometheus'
  | 'promtool'
  | 'amtool';

/** Where built programs of one toolset are kept: outside the checkout, one folder per set of versions. */
export function cacheFolder(toolset: Toolset): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const key = createHash('sha256')
    .update(readFileSync(join(toolset.folder, 'go.mod')))
    .update(readFileSync(join(toolset.folder, 'go.sum')))
    .update(JSON.stringify([toolset.tags, toolset.tools, process.platform, process.arch]))
    .digest('hex')
    .slice(0, 12);
  return join(base, 'chatroom-monitoring', `${toolset.name}-${key}`);
}

/** KUBEBUILDER_ASSETS first, as everywhere in the Kubernetes world, then our own cache. */
export function locate(toolset: Toolset, tool: Tool): string | undefined {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  return [...(assets ? [join(assets, tool.name)] : []), join(cacheFolder(toolset), tool.name)].find(
    executable,
  );
}

/** The tools that are nowhere to be found, by toolset; empty when the suite can run. */
export function missing(): { readonly toolset: Toolset; readonly tools: readonly Tool[] }[] {
  return toolsets
    .map((toolset) => ({
      toolset,
      tools: toolset.tools.filter((tool) => locate(toolset, tool) === undefined),
    }))
    .filter(({ toolset, tools }) => tools.length > 0 || missingFolders(toolset).length > 0);
}

/**
 * Path of a program of the suite.
 * @throws {Error} naming the program and the command that provides it
 */
export function toolPath(name: ToolName): string {
  for (const toolset of toolsets) {
    const tool = toolset.tools.find((candidate) => candidate.name === name);
    const path = tool && locate(toolset, tool);
    if (path !== undefined) return path;
  }
  throw new Error(
    `${name} is neither in KUBEBUILDER_ASSETS nor in the cache: run \`npm run control-plane\` (needs Go)`,
  );
}

/**
 * Folder of the CustomResourceDefinitions of the pinned prometheus-operator.
 * @throws {Error} naming the command that provides it
 */
export function crdFolder(): string {
  const folder = toolsets.flatMap((toolset) => folderPath(toolset, 'crds') ?? [])[0];
  if (folder === undefined) throw new Error('no crds folder: run `npm run control-plane` (needs Go)');
  return folder;
}

function folderPath(toolset: Toolset, name: string): string | undefined {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  return [...(assets ? [join(assets, name)] : []), join(cacheFolder(toolset), name)].find(existsSync);
}

/** Folders of modules that are not there yet. */
export function missingFolders(toolset: Toolset): NonNullable<Toolset['folders']> {
  return (toolset.folders ?? []).filter(({ name }) => folderPath(toolset, name) === undefined);
}

/** Whether a Go toolchain is on the path. */
export function hasGo(): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => executable(join(folder, 'go')));
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
