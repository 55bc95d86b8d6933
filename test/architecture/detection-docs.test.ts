import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderDetectionDocs } from './render-detection-docs.ts';

describe('docs/detections.md', () => {
  it('is what npm run docs makes of the catalogue', () => {
    const written = readFileSync(new URL('../../docs/detections.md', import.meta.url), 'utf8');
    expect(written).toBe(renderDetectionDocs());
  });
});
