import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { whyNoControlPlane } from './assets.ts';
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './control-plane.ts';

/** Long enough to build everything from an empty Go build cache. */
const START_TIMEOUT_MS = 25 * 60_000;
/** A busy machine rolls a Deployment out in seconds, not in Jest's default five of them. */
const TEST_TIMEOUT_MS = 90_000;

/**
 * A `describe` with one real control plane, started before its first test and stopped after its last. Call the function
 * that `body` gets inside tests and hooks only. On a machine that can have no control plane the suite is skipped, and
 * says so; in CI that is a failure.
 */
export function describeOnControlPlane(
  name: string,
  body: (controlPlane: () => ControlPlane) => void,
  options: ControlPlaneOptions = {},
): void {
  const reason = whyNoControlPlane();
  if (reason !== undefined && process.env['CI'] !== 'true') {
    process.stderr.write(`\nSKIPPED: "${name}" did not run: ${reason}.\n\n`);
    describe.skip(`${name} (skipped: ${reason})`, () => body(() => notStarted(name)));
    return;
  }
  jest.setTimeout(TEST_TIMEOUT_MS);
  describe(name, () => {
    let controlPlane: ControlPlane | undefined;
    beforeAll(async () => {
      controlPlane = await startControlPlane(options);
    }, START_TIMEOUT_MS);
    afterAll(() => controlPlane?.stop(), 60_000);
    body(() => controlPlane ?? notStarted(name));
  });
}

function notStarted(name: string): never {
  throw new Error(`the control plane of "${name}" is not running: use it inside tests and hooks only`);
}
