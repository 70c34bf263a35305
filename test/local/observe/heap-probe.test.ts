import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { HeapProbe } from '../../../local/observe/heap-probe';

const mebibyte = 1_048_576;

/** Keeps or drops what it is told to: objects, bytes outside of the heap, and garbage. */
const program = `
  let kept;
  process.on('message', (order) => {
    if (order === 'objects') kept = Array.from({ length: 250_000 }, (_, index) => ({ index }));
    if (order === 'bytes') kept = Buffer.alloc(${20 * mebibyte});
    if (order === 'garbage') for (let i = 0; i < 1e6; i += 1) kept = [i];
    process.send(order);
  });`;

async function start(): Promise<{ readonly child: ChildProcess; readonly probe: HeapProbe }> {
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', '--eval', program], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (!child.stderr) throw new Error('the child has no standard error');
  const [greeting] = (await once(child.stderr, 'data')) as [Buffer];
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(greeting.toString())?.[1]);
  return { child, probe: await HeapProbe.attach(port) };
}

test('what is alive is told apart from garbage, in the heap and outside of it', async () => {
  const { child, probe } = await start();
  try {
    const after = async (order: string): Promise<number> => {
      const done = once(child, 'message');
      child.send(order);
      await done;
      return (await probe.liveBytes()) / mebibyte;
    };
    const empty = await probe.liveBytes().then((bytes) => bytes / mebibyte);
    expect((await after('objects')) - empty).toBeGreaterThan(4);
    expect(Math.abs((await after('bytes')) - empty - 20)).toBeLessThan(2);
    expect(Math.abs((await after('garbage')) - empty)).toBeLessThan(2);
    probe.close();
  } finally {
    child.kill();
  }
}, 20_000);

test('a process that ends while it is asked is an error and not a silence', async () => {
  const { child, probe } = await start();
  child.kill('SIGSTOP');
  const asked = probe.liveBytes();
  child.kill('SIGKILL');
  await expect(asked).rejects.toThrow(/ended during|socket hang up|closed/);
}, 20_000);
