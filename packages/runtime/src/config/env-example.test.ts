import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { listAllVariables } from './concerns.ts';
import { renderEnvExample } from './env-example.ts';

describe('renderEnvExample', () => {
  it('equals .env.example at the root of the repository', () => {
    const committed = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
    expect(committed).toBe(renderEnvExample());
  });

  it('describes every variable', () => {
    expect(listAllVariables().filter(({ description }) => description.length < 20)).toEqual([]);
  });
});
