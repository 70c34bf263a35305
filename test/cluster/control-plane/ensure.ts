/**
 * Makes sure that every program of the cluster suite is there: found in KUBEBUILDER_ASSETS, else in the cache, else
 * built from its Go module. Exit code 0: the suite can run; 3: it cannot, and may be left out (never in CI).
 */
import { build, copyFolder } from './build';
import { hasGo, missing, missingFolders } from './locate';

export const LEFT_OUT = 3;

const say = (line: string) => process.stdout.write(`${line}\n`);

export async function ensure(): Promise<number> {
  const wanted = missing();
  if (wanted.length === 0) return 0;
  const names = wanted
    .flatMap(({ toolset, tools }) => [...tools, ...missingFolders(toolset)].map(({ name }) => name))
    .join(', ');
  if (!hasGo()) {
    const remedy = 'install Go and run `npm run control-plane`, or point KUBEBUILDER_ASSETS at the binaries';
    say(`cluster suite not run: ${names} missing; ${remedy}`);
    return process.env['CI'] ? 1 : LEFT_OUT;
  }
  say(`building ${names} from their Go modules (once; about ten minutes on two cores)`);
  for (const { toolset, tools } of wanted) {
    for (const tool of tools) say(`  ${tool.name} built in ${await build(toolset, tool, say)} s`);
    for (const folder of missingFolders(toolset)) copyFolder(toolset, folder);
  }
  return 0;
}

if (require.main === module) {
  ensure().then(
    (code) => process.exit(code === LEFT_OUT ? 0 : code),
    (failure: unknown) => {
      process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
      process.exit(1);
    },
  );
}
