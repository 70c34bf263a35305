import { once } from 'node:events';
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
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await once(socket, 'open');
    return new HeapProbe(socket);
  }

  /** Bytes that are alive in objects and buffers: what is left when everything that can be collected was. */
  async liveBytes(): Promise<number> {
    // Twice: what a finalizer lets go of is only found the next time.
    await this.#call('HeapProfiler.collectGarbage');
    await this.#call('HeapProfiler.collectGarbage');
    const {
      usedSize,
      embedderHeapUsedSize = 0,
      backingStorageSize = 0,
    } = (await this.#call('Runtime.getHeapUsage')) as HeapUsage;
    return usedSize + embedderHeapUsedSize + backingStorageSize;
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
