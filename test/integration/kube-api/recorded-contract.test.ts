import { beforeAll, expect, it } from '@jest/globals';
import { describeOnControlPlane } from '../../control-plane/describe-control-plane.ts';
import type { ContractTarget } from './exchange.ts';
import { playScenario } from './play-scenario.ts';
import { createRealTarget, FORGETFUL } from './real-target.ts';
import { readRecording } from './recording.ts';
import { SCENARIOS } from './scenarios/all-scenarios.ts';

describeOnControlPlane(
  'the real API server',
  (controlPlane) => {
    let target: ContractTarget;
    beforeAll(async () => {
      target = await createRealTarget(controlPlane());
    });

    it.each(SCENARIOS)('answers as recorded: $name', async (scenario) => {
      expect(await playScenario(target, scenario)).toEqual(readRecording(scenario));
    });
  },
  FORGETFUL,
);
