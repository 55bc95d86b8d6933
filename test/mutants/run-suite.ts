import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How a suite ended. `broken`: no test could judge, because a file did not load or no file matched; that says nothing
 * about the defect.
 */
export type SuiteResult =
  | { readonly kind: 'green'; readonly tests: number }
  | { readonly kind: 'red'; readonly failed: readonly string[] }
  | { readonly kind: 'hung' }
  | { readonly kind: 'broken'; readonly message: string };

interface JestSummary {
  readonly numFailedTests: number;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const TIMEOUT_MS = 180_000;

/** Runs the Jest suite that a pattern picks, in a working copy. Not with --bail, which may end Jest before it has written its summary. */
export async function runSuite(root: string, project: string, pattern: string): Promise<SuiteResult> {
  const summaryPath = join(root, 'suite-summary.json');
  rmSync(summaryPath, { force: true });
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      ...['--selectProjects', project],
      ...['--testPathPatterns', pattern],
      ...['--runInBand', '--silent', '--forceExit', '--json', `--outputFile=${summaryPath}`],
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      },
    },
  );
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject);
    // Not `close`: a process that a broken suite has left behind would hold the pipe for ever.
    child.on('exit', (_code, killedBy) => resolve(killedBy));
  });
  clearTimeout(timer);
  child.stderr.destroy();
  if (signal === 'SIGKILL') return { kind: 'hung' };
  return judge(summaryPath, errors);
}

function judge(summaryPath: string, errors: string): SuiteResult {
  let summary: JestSummary;
  try {
    summary = JSON.parse(readFileSync(summaryPath, 'utf8')) as JestSummary;
  } catch {
    return { kind: 'broken', message: errors };
  }
  const failed = summary.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'failed')
    .map((test) => test.fullName);
  if (failed.length > 0) return { kind: 'red', failed };
  const message = summary.testResults.find((file) => file.message !== '')?.message;
  if (message !== undefined) return { kind: 'broken', message };
  if (summary.numPassedTests === 0) return { kind: 'broken', message: 'no test ran: is the pattern right?' };
  return { kind: 'green', tests: summary.numPassedTests };
}
