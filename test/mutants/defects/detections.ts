import type { Defect } from '../defect.ts';

const HYGIENE = 'packages/analysis/src/hygiene';
const DETECTIONS = 'packages/analysis/src/detections';

/** Ways in which hygiene could bury what is broken, and the catalogue could tell of more than it covers. */
export const detectionDefects: readonly Defect[] = [
  {
    name: 'hygiene is told although nobody asked for it',
    file: 'packages/analysis/src/diagnose.ts',
    find: 'lint ? ANALYZERS : FAULT_ANALYZERS',
    replace: 'lint ? FAULT_ANALYZERS : ANALYZERS',
    suite: HYGIENE,
  },
  {
    name: 'hygiene counts an object as often as it is found',
    file: `${HYGIENE}/find-hygiene.ts`,
    find: 'new Set(findings.map(({ subject }) => formatObjectRef(subject))).size',
    replace: 'findings.length',
    suite: HYGIENE,
  },
  {
    name: 'hygiene of a kind that could not be read is said to be none',
    file: `${HYGIENE}/find-hygiene.ts`,
    find: 'unchecked: findUnchecked(index, scope, resolved, lints).entries,',
    replace: 'unchecked: findUnchecked(index, scope, resolved, []).entries,',
    suite: HYGIENE,
  },
  {
    name: 'hygiene of one namespace shows that of another',
    file: `${HYGIENE}/find-hygiene.ts`,
    find: 'lint.analyze(index).filter((fault) => resolved.concerns(fault)),',
    replace: 'lint.analyze(index),',
    suite: HYGIENE,
  },
  {
    name: 'hygiene of many objects grows beyond every bound',
    file: 'packages/agents/src/commands/hygiene-sections.ts',
    find: '.slice(0, FILED_FINDINGS)',
    replace: '.slice(0)',
    suite: 'packages/agents/src/commands/hygiene',
  },
  {
    name: 'popeye 106 also finds what covers popeye 1106',
    file: `${DETECTIONS}/find-detections.ts`,
    find: 'source.toLowerCase() === asked',
    replace: 'source.toLowerCase().includes(asked.slice(-3))',
    suite: DETECTIONS,
  },
  {
    name: 'a check that is left out with a reason counts as covered',
    file: 'test/detections/count-coverage.ts',
    find: 'sum + source.covered.length, 0)',
    replace: 'sum + source.covered.length + source.leftOut.length, 0)',
    suite: 'test/detections',
  },
  {
    name: 'coverage of nothing at all is good enough',
    file: 'test/detections/count-coverage.ts',
    find: 'return total > 0 && ',
    replace: 'return total >= 0 && ',
    suite: 'test/detections',
  },
];
