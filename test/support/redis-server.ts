import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createTemporaryDirectory } from '@jamie/testing';

export interface RedisServerOptions {
  /** Whether it keeps an append-only file, written through every second. Default true. */
  readonly append?: boolean;
  /** Default `noeviction`. */
  readonly evictionPolicy?: string;
  readonly password?: string;
}

/** A real redis-server on a free port of loopback, with its data in a temporary directory. */
export interface RedisServer {
  /** With the password, where there is one. */
  readonly url: string;
  readonly port: number;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data; resolves when it has read them back. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open and nobody answers. */
  freeze(): void;
  thaw(): void;
  /** One command of redis-cli, as an operator would give it. Returns what it prints. */
  command(...words: readonly string[]): Promise<string>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** Why there can be no Redis here; undefined: there can. */
export function whyNoRedis(): string | undefined {
  const found = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  if (found.status === 0) return undefined;
  return 'redis-server is not installed (Debian: apt-get install redis-server)';
}

/** Starts one and waits until it takes connections. */
export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const directory = createTemporaryDirectory();
  const port = await findFreePort();
  const { password } = options;
  let process = await spawnRedis(directory.path, port, options);
  const server: RedisServer = {
    url: `redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    port,
    async kill() {
      if (process.exitCode !== null || process.signalCode !== null) return;
      const exited = once(process, 'exit');
      process.kill('SIGKILL');
      await exited;
    },
    async restart() {
      process = await spawnRedis(directory.path, port, options);
    },
    freeze: () => void process.kill('SIGSTOP'),
    thaw: () => void process.kill('SIGCONT'),
    async command(...words) {
      const { stdout } = await promisify(execFile)('redis-cli', ['-p', String(port), ...words], {
        env: { ...globalThis.process.env, ...(password !== undefined && { REDISCLI_AUTH: password }) },
      });
      return stdout.trim();
    },
    async stop() {
      await server.kill();
      directory.remove();
    },
  };
  return server;
}

async function spawnRedis(
  directory: string,
  port: number,
  { append = true, evictionPolicy = 'noeviction', password }: RedisServerOptions,
): Promise<ChildProcess> {
  const process = spawn(
    'redis-server',
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''],
      ...['--appendonly', append ? 'yes' : 'no', '--appendfsync', 'everysec'],
      ...['--maxmemory-policy', evictionPolicy],
      ...(password === undefined ? [] : ['--requirepass', password]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // Unread output would fill the pipe and stop the server, so reading goes on after the line that matters.
  const isReady = Promise.withResolvers<void>();
  const lines: string[] = [];
  createInterface({ input: process.stdout }).on('line', (line) => {
    lines.push(line);
    if (line.includes('Ready to accept connections')) isReady.resolve();
  });
  process.once('exit', () => isReady.reject(new Error(`redis-server ended:\n${lines.join('\n')}`)));
  process.once('error', (error) => isReady.reject(error));
  await isReady.promise;
  return process;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
