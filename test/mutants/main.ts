/**
 * Seeds each defect in a throw-away copy of the tree, runs the suite that must notice, and expects red; and each suite
 * once without a defect, expecting green. `npm run mutants -- word…` takes only the defects whose name, file or suite
 * contains one of the words, and `--share 2/3` the second third of all. Exits non-zero when a defect survives or could not be judged.
 */
import { fileURLToPath } from 'node:url';
import { ALL_DEFECTS } from './all-defects.ts';
import { chooseDefects } from './choose-defects.ts';
import type { Defect } from './defect.ts';
import { runFamily } from './run-family.ts';
import { runSuite, type SuiteResult } from './run-suite.ts';
import { createWorkingCopy, type WorkingCopy } from './working-copy.ts';

const COPIES = 3;

interface Trial {
  readonly label: string;
  readonly project: string;
  readonly suite: string;
  readonly defect?: Defect;
}

interface Verdict {
  readonly isGood: boolean;
  readonly text: string;
}

function toTrials(defects: readonly Defect[]): readonly Trial[] {
  const suites = new Map<string, Trial>();
  for (const { project = 'unit', suite } of defects) {
    suites.set(`${project} ${suite}`, { label: `unchanged: ${suite}`, project, suite });
  }
  const seeded = defects.map((defect) => ({
    label: defect.name,
    project: defect.project ?? 'unit',
    suite: defect.suite,
    defect,
  }));
  return [...suites.values(), ...seeded];
}

async function runTrial(copy: WorkingCopy, trial: Trial): Promise<Verdict> {
  const restore = trial.defect === undefined ? undefined : copy.seed(trial.defect);
  try {
    const { project, suite } = trial;
    const result = await (project === 'faults'
      ? runFamily(copy.root, suite)
      : runSuite(copy.root, project, suite));
    return trial.defect === undefined ? judgeUnchanged(result) : judgeSeeded(result);
  } finally {
    restore?.();
  }
}

function judgeUnchanged(result: SuiteResult): Verdict {
  switch (result.kind) {
    case 'green':
      return { isGood: true, text: `green   ${result.tests} tests` };
    case 'red':
      return { isGood: false, text: `RED WITHOUT A DEFECT: ${result.failed[0]}` };
    case 'hung':
      return { isGood: false, text: 'HUNG WITHOUT A DEFECT' };
    case 'broken':
      return { isGood: false, text: `BROKEN: ${result.message}` };
  }
}

function judgeSeeded(result: SuiteResult): Verdict {
  switch (result.kind) {
    case 'red':
      return { isGood: true, text: `caught  by "${result.failed[0]}"` };
    case 'hung':
      return { isGood: true, text: 'caught  by never ending' };
    case 'green':
      return { isGood: false, text: `SURVIVED ${result.tests} tests` };
    case 'broken':
      return { isGood: false, text: `BROKEN, so nothing was shown: ${result.message}` };
  }
}

async function work(root: string, queue: Trial[], verdicts: Map<Trial, Verdict>): Promise<void> {
  const copy = createWorkingCopy(root);
  try {
    for (let trial = queue.shift(); trial !== undefined; trial = queue.shift()) {
      const began = performance.now();
      const verdict = await runTrial(copy, trial).catch(
        (error: unknown): Verdict => ({ isGood: false, text: `BROKEN: ${String(error)}` }),
      );
      verdicts.set(trial, verdict);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(5);
      console.log(`${seconds} s  ${trial.label}\n         ${verdict.text}`);
    }
  } finally {
    copy.remove();
  }
}

const chosen = chooseDefects(ALL_DEFECTS, process.argv.slice(2));
console.log(`${chosen.length} of ${ALL_DEFECTS.length} defects`);
const root = fileURLToPath(new URL('../../', import.meta.url));
const queue = [...toTrials(chosen)];
const verdicts = new Map<Trial, Verdict>();
await Promise.all(Array.from({ length: COPIES }, () => work(root, queue, verdicts)));

const seeded = [...verdicts].filter(([trial]) => trial.defect !== undefined);
const caught = seeded.filter(([, verdict]) => verdict.isGood).length;
const bad = [...verdicts].filter(([, verdict]) => !verdict.isGood);
for (const [trial, verdict] of bad) console.log(`not good: ${trial.label}: ${verdict.text}`);
if (seeded.length === 0) console.log('no defect was seeded: nothing was shown');
console.log(`${caught} caught, ${seeded.length - caught} not caught, ${bad.length} in all not as expected`);
process.exitCode = bad.length === 0 && seeded.length > 0 ? 0 : 1;
