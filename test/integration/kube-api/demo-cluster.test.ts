import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startDemoTarget } from './demo-target.ts';
import { playScenario } from './play-scenario.ts';
import { readRecording } from './recording.ts';
import { SCENARIOS } from './scenarios/all-scenarios.ts';

jest.setTimeout(60_000);

describe('the demo cluster', () => {
  let target: Awaited<ReturnType<typeof startDemoTarget>>;
  beforeAll(async () => {
    target = await startDemoTarget();
  });
  afterAll(() => target.stop());

  it.each(SCENARIOS)('answers as the real API server does: $name', async (scenario) => {
    expect(await playScenario(target, scenario)).toEqual(readRecording(scenario));
  });
});
