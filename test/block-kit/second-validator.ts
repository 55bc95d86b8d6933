import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Something that was sent to Slack, or would be. */
export type BlockKitPayload =
  | { readonly surface: 'message'; readonly blocks: readonly object[] }
  | { readonly surface: 'modal' | 'home'; readonly view: object };

const HERE = import.meta.dirname;
const PACKAGES = join(HERE, '.python');
const LARGEST_OUTPUT_BYTES = 256 * 1024 * 1024;

/**
 * What Slack's own Python SDK says against each payload, in order; an empty list is praise. A validator that somebody
 * else wrote, from their reading of Slack's rules. Installs its one pinned package on first use.
 */
export function validateWithPythonSdk(payloads: readonly BlockKitPayload[]): readonly (readonly string[])[] {
  install();
  const input = payloads.map((payload) => `${JSON.stringify(payload)}\n`).join('');
  const output = run('python3', [join(HERE, 'validate.py')], input);
  const verdicts = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as readonly string[]);
  if (verdicts.length === payloads.length) return verdicts;
  throw new Error(`the second validator judged ${verdicts.length} of ${payloads.length} payloads`);
}

/** What was sent in a Web API call as blocks or as a view; undefined for a call that sends neither. */
export function payloadOfCall(args: Readonly<Record<string, unknown>>): BlockKitPayload | undefined {
  const { blocks, view } = args;
  if (Array.isArray(blocks)) return { surface: 'message', blocks };
  if (typeof view !== 'object' || view === null) return undefined;
  return { surface: 'type' in view && view.type === 'home' ? 'home' : 'modal', view };
}

function install(): void {
  if (existsSync(join(PACKAGES, 'slack_sdk'))) return;
  const requirements = ['--require-hashes', '--requirement', join(HERE, 'requirements.txt')];
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-deps', '--target', PACKAGES];
  run('python3', ['-m', 'pip', 'install', ...quietly, ...requirements], '');
}

function run(program: string, parameters: readonly string[], input: string): string {
  const result = spawnSync(program, parameters, {
    input,
    encoding: 'utf8',
    maxBuffer: LARGEST_OUTPUT_BYTES,
    env: { ...process.env, PYTHONPATH: PACKAGES, PYTHONWARNINGS: 'ignore', PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (result.status === 0) return result.stdout;
  throw new Error(
    `${program} failed: ${result.error?.message ?? result.stderr}. The second Block Kit validator needs Python 3.9 or newer with pip.`,
  );
}
