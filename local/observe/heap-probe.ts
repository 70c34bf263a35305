import { once } from 'node:events';
import { Session } from 'node:inspector/promises';
import { WebSocket } from 'ws';

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/** Looks into the heap of another Node, one that was started with `--inspect=127.0.0.1:<port>`. */
export class HeapProbe {
  readonly #socket: WebSocket;
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @throws Error when no Node can be inspected on this port. */
  static async attach(port: number): Promise<HeapProbe> {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly {
      readonly webSocketDebuggerUrl: string;
    }[];
    const [target] = targets;
    if (!target) throw new Error(`port ${port} has nothing to inspect; start Node with --inspect`);
    return HeapProbe.open(target.webSocketDebuggerUrl);
  }

  /** @param url - what Node says when its inspector begins to listen */
  static async open(url: string): Promise<HeapProbe> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    // A process that is killed breaks the connection, which is for whoever asks next to hear of.
    socket.on('error', () => undefined);
    return new HeapProbe(socket);
  }

  /** Bytes that are alive in objects and buffers: what is left when everything that can be collected was. */
  liveBytes(): Promise<number> {
    return liveBytes((method) => this.#call(method));
  }

  close(): void {
    this.#socket.terminate();
  }

  async #call(method: string): Promise<unknown> {
    const id = ++this.#calls;
    const answer = new Promise<unknown>((resolve, reject) => {
      const hear = (data: Buffer): void => {
        const said = JSON.parse(data.toString()) as {
          id?: number;
          result?: unknown;
          error?: { message: string };
        };
        if (said.id !== id) return;
        this.#socket.off('message', hear).off('close', gone);
        if (said.error) reject(new Error(`${method}: ${said.error.message}`));
        else resolve(said.result);
      };
      const gone = (): void => reject(new Error(`the process under inspection ended during ${method}`));
      this.#socket.on('message', hear).once('close', gone);
    });
    this.#socket.send(JSON.stringify({ id, method }));
    return answer;
  }
}

/** Bytes that are alive in this process. */
export async function ownLiveBytes(): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    return await liveBytes((method) => session.post(method));
  } finally {
    session.disconnect();
  }
}

async function liveBytes(call: (method: string) => Promise<unknown>): Promise<number> {
  // Twice: what a finalizer lets go of is only found the next time.
  await call('HeapProfiler.collectGarbage');
  await call('HeapProfiler.collectGarbage');
  const {
    usedSize,
    embedderHeapUsedSize = 0,
    backingStorageSize = 0,
  } = (await call('Runtime.getHeapUsage')) as HeapUsage;
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}
