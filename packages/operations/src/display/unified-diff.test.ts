import { describe, expect, it } from '@jest/globals';
import { unifiedDiff } from './unified-diff.ts';

const LABELS = { name: 'Deployment/checkout', before: 'now', after: 'after' };
const HEAD = '--- Deployment/checkout\tnow\n+++ Deployment/checkout\tafter';

describe('unifiedDiff', () => {
  it('shows what changed as YAML, with a little around it', () => {
    expect(unifiedDiff({ spec: { replicas: 2 } }, { spec: { replicas: 3 } }, LABELS)).toBe(
      `${HEAD}\n@@ -1,2 +1,2 @@\n spec:\n-  replicas: 2\n+  replicas: 3`,
    );
  });

  it('is its head alone where nothing changed', () => {
    expect(unifiedDiff({ a: 1 }, { a: 1 }, LABELS)).toBe(HEAD);
  });

  it('gives up in words where everything differs, instead of keeping everybody waiting', () => {
    const lines = (prefix: string) => Array.from({ length: 20_000 }, (_, index) => `${prefix}${index}`);
    expect(unifiedDiff(lines('a'), lines('b'), LABELS)).toBe(
      `${HEAD}\n(More than 1000 lines differ: too many to show.)`,
    );
  });
});
