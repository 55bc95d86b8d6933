import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The version that pom.xml names: another one is fetched into another directory. */
const VERSION = '1.47.0';
const HERE = import.meta.dirname;
const FETCH_TIMEOUT_MS = 300_000;

/** A running mongo-java-server: the same wire protocol, written by somebody else. */
export interface SecondOpinion {
  readonly url: string;
  stop(): Promise<void>;
}

/** Where its jars are, or why they are not to be had here. Fetches them with Maven the first time. */
export type JavaServerJars =
  | { readonly kind: 'found'; readonly directory: string }
  | { readonly kind: 'missing'; readonly reason: string };

export function findJars(): JavaServerJars {
  const directory = join(homedir(), '.cache', 'jamie-scarlet', `mongo-java-server-${VERSION}`);
  if (!runs('java', '-version'))
    return { kind: 'missing', reason: 'there is no java on the PATH (17 or newer)' };
  if (hasJars(directory)) return { kind: 'found', directory };
  if (!runs('mvn', '--version'))
    return { kind: 'missing', reason: 'there is no mvn on the PATH to fetch it with' };
  mkdirSync(directory, { recursive: true });
  const fetched = spawnSync(
    'mvn',
    [
      '-q',
      '-B',
      '-f',
      join(HERE, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${directory}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: FETCH_TIMEOUT_MS },
  );
  if (hasJars(directory)) return { kind: 'found', directory };
  return { kind: 'missing', reason: `Maven could not fetch it: ${fetched.stderr.slice(0, 500)}` };
}

export async function startSecondOpinion(directory: string): Promise<SecondOpinion> {
  const program = spawn('java', ['-cp', join(directory, '*'), join(HERE, 'SecondOpinion.java')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(program, 'exit');
  const lines = createInterface({ input: program.stdout });
  const url = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    exited.then(([code]) =>
      Promise.reject(new Error(`mongo-java-server ended at its start with code ${code}`)),
    ),
  ]);
  return {
    url,
    async stop() {
      program.stdin.end();
      await exited;
    },
  };
}

function hasJars(directory: string): boolean {
  return existsSync(directory) && globSync('mongo-java-server-core-*.jar', { cwd: directory }).length > 0;
}

function runs(program: string, argument: string): boolean {
  return spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;
}
