import type { CheckResult } from '@jamie/core';

const MARKS: Readonly<Record<CheckResult['status'], string>> = {
  ok: 'ok  ',
  warning: 'warn',
  failed: 'FAIL',
  off: 'off ',
};

/** What a person reads at the start: where to go, what is connected, and the one step that connects the rest. */
export function renderBanner(openUrl: string, results: readonly CheckResult[], readyMs: number): string {
  const width = Math.max(...results.map((result) => result.name.length));
  const lines = results.map((result) => {
    const step = result.mend === '' ? '' : `\n${' '.repeat(width + 9)}next: ${result.mend}`;
    return `  ${MARKS[result.status]} ${result.name.padEnd(width)}  ${result.detail}${step}`;
  });
  return [
    `Jamie & Scarlet are ready (${(readyMs / 1_000).toFixed(2)} s).`,
    '',
    `  Open    ${openUrl}`,
    '  Or ask  npx jamie ask "why is checkout crashing?"',
    '',
    ...lines,
    '',
  ].join('\n');
}
