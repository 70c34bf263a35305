import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder of files that the compiler leaves alone (the web page, the migrations).
 *
 * Run from source it is a sibling of this file; compiled to `build/chatroom/` it is either copied beside the
 * output or still at its place in the repository.
 *
 * @throws Error when it is at neither place.
 */
export function assetFolder(name: 'web' | 'migrations'): string {
  const candidates = [join(__dirname, name), join(__dirname, '..', '..', 'chatroom', name)];
  const found = candidates.find((folder) => existsSync(folder));
  if (!found) throw new Error(`chatroom/${name} is missing: copy it to ${candidates.join(' or ')}`);
  return found;
}
