import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderCommandDocs } from './render-command-docs.ts';

describe('docs/commands.md', () => {
  it('is what npm run docs makes of the registry', () => {
    const written = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8');
    expect(written).toBe(renderCommandDocs());
  });
});
