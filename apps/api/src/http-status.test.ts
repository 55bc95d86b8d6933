import { readFileSync } from 'node:fs';
import { OPS_ERROR_CODES } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { HTTP_STATUS } from './http-status.ts';

describe('HTTP_STATUS', () => {
  it('has an error status for every code, and for nothing else', () => {
    expect(Object.keys(HTTP_STATUS).sort()).toEqual([...OPS_ERROR_CODES].sort());
    for (const status of Object.values(HTTP_STATUS)) expect(status).toBeGreaterThanOrEqual(400);
  });
});

describe('docs/errors.md', () => {
  const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');

  it('has a heading for every code, and for nothing else', () => {
    const headings = [...text.matchAll(/^## `(\w+)`/gm)].map((match) => match[1]);
    expect(headings.sort()).toEqual([...OPS_ERROR_CODES].sort());
  });

  it.each(Object.entries(HTTP_STATUS))('names the HTTP status of %s', (code, status) => {
    const section = text.split(/^## /m).find((part) => part.startsWith(`\`${code}\``)) ?? '';
    expect(section).toContain(`HTTP ${status}`);
  });
});
