/**
 * Lists where the demo cluster answers differently from the recording:
 * `node test/integration/kube-api/compare-demo.entry.ts [scenario…]`.
 */
import { isDeepStrictEqual } from 'node:util';
import { startDemoTarget } from './demo-target.ts';
import type { Answer } from './exchange.ts';
import { playScenario } from './play-scenario.ts';
import { readRecording } from './recording.ts';
import { SCENARIOS } from './scenarios/all-scenarios.ts';

function differences(real: Answer, demo: Answer | undefined): readonly string[] {
  if (demo === undefined) return ['not answered'];
  const names = ['status', 'contentType'] as const;
  const heads = names.map((name) => [name, real[name], demo[name]] as const);
  const fields = Object.keys(real.fields).map(
    (field) => [field, real.fields[field], demo.fields[field]] as const,
  );
  return [...heads, ...fields]
    .filter(([, wanted, found]) => !isDeepStrictEqual(wanted, found))
    .map(
      ([field, wanted, found]) =>
        `    ${field}\n      real ${JSON.stringify(wanted)}\n      demo ${JSON.stringify(found)}`,
    );
}

const names = process.argv.slice(2);
const target = await startDemoTarget();
try {
  for (const scenario of SCENARIOS) {
    if (names.length > 0 && !names.includes(scenario.name)) continue;
    const answers = await playScenario(target, scenario);
    const recorded = readRecording(scenario);
    const lines = recorded.flatMap((real, index) => {
      const found = differences(real, answers[index]);
      return found.length === 0 ? [] : [`  ${real.name} (${real.request})`, ...found];
    });
    console.log(lines.length === 0 ? `${scenario.name}: the same` : `${scenario.name}:\n${lines.join('\n')}`);
  }
} finally {
  await target.stop();
}
