import { describe, expect, it, jest } from '@jest/globals';
import { whyNoControlPlane } from '../control-plane/assets.ts';
import { playSample } from '../remedies/play-sample.ts';

/** What is behind the grace times of the detections; the whole set is `npm run remedies`. */
const SAMPLE = [
  'crash-after-release',
  'config-map-missing',
  'memory-limit-too-low',
  'scaled-to-zero',
  'node-cordoned',
  'evicted-pods-left',
  'zero-on-purpose',
  'two-bad-releases',
];

jest.setTimeout(300_000);

const reason = whyNoControlPlane();
const isPossible = reason === undefined || process.env['CI'] === 'true';
if (!isPossible) process.stderr.write(`\nSKIPPED: no remedies on a real API server: ${reason}.\n\n`);

(isPossible ? describe : describe.skip)('remedies on a real API server', () => {
  it('end common failures healthy, and leave alone what is well or cannot be mended', async () => {
    expect(await playSample(SAMPLE)).toEqual([]);
  });
});
