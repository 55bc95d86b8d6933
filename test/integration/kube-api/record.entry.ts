/**
 * Records the contract against a real API server: `node test/integration/kube-api/record.entry.ts [scenario…]`. Look at
 * the difference before committing it: it is what our adapter and the demo cluster have to follow.
 */
import { startControlPlane } from '../../control-plane/control-plane.ts';
import { playScenario } from './play-scenario.ts';
import { createRealTarget, FORGETFUL } from './real-target.ts';
import { writeRecording } from './recording.ts';
import { SCENARIOS } from './scenarios/all-scenarios.ts';

const names = process.argv.slice(2);
const controlPlane = await startControlPlane(FORGETFUL);
try {
  const target = await createRealTarget(controlPlane);
  for (const scenario of SCENARIOS) {
    if (names.length > 0 && !names.includes(scenario.name)) continue;
    const began = performance.now();
    const answers = await playScenario(target, scenario);
    writeRecording(scenario, answers);
    console.log(
      `${scenario.name}: ${answers.length} exchanges in ${Math.round(performance.now() - began)} ms`,
    );
  }
} finally {
  await controlPlane.stop();
}
