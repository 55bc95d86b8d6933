import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The processes of one control plane. They die with stop(), and also when this process dies without it: a watchdog
 * outside our process group reads their ids from a pipe and ends them when the pipe closes.
 */
export class Processes {
  readonly #directory: string;
  readonly #children = new Map<string, ChildProcess>();
  readonly #commands = new Map<string, readonly [string, readonly string[]]>();
  readonly #watchdog: ChildProcess;

  constructor(directory: string) {
    this.#directory = directory;
    const script = fileURLToPath(new URL('./watchdog.entry.ts', import.meta.url));
    this.#watchdog = spawn(process.execPath, [script, directory], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env['PATH'] },
    });
    this.#watchdog.unref();
  }

  /** Starts a program with its output in `<directory>/<name>.log`. */
  start(name: string, program: string, args: readonly string[]): void {
    const log = openSync(this.logPath(name), 'a');
    const child = spawn(program, args, { stdio: ['ignore', log, log], env: { PATH: process.env['PATH'] } });
    closeSync(log);
    child.unref();
    this.#children.set(name, child);
    this.#commands.set(name, [program, args]);
    if (child.pid !== undefined) this.#watchdog.stdin?.write(`${child.pid}\n`);
  }

  /** Throws when a program that should be running has ended, with the end of its log. */
  assertRunning(): void {
    for (const [name, child] of this.#children) {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) continue;
      const tail = readFileSync(this.logPath(name), 'utf8').split('\n').slice(-15).join('\n');
      throw new Error(
        `${name} of the test control plane ended (${child.exitCode ?? child.signalCode}):\n${tail}`,
      );
    }
  }

  /** Kills a program and starts it again as it was. */
  async restart(name: string): Promise<void> {
    const command = this.#commands.get(name);
    const child = this.#children.get(name);
    if (command === undefined || child === undefined) throw new Error(`no process called ${name}`);
    await endProcess(child);
    this.start(name, ...command);
  }

  /** The process id of a program, for tests that stop or kill it. */
  pid(name: string): number {
    const pid = this.#children.get(name)?.pid;
    if (pid === undefined) throw new Error(`no process called ${name}`);
    return pid;
  }

  logPath(name: string): string {
    return join(this.#directory, `${name}.log`);
  }

  /** Ends every program, newest first, and then the watchdog. */
  async stop(): Promise<void> {
    const running = [...this.#children.values()].filter((child) => child.pid !== undefined).reverse();
    await Promise.all(running.map(endProcess));
    const gone = once(this.#watchdog, 'exit');
    this.#watchdog.ref();
    this.#watchdog.stdin?.end('done\n');
    await gone;
  }
}

/** Nothing here is worth a graceful end: what it stored is thrown away with its directory. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
