import { describe, expect, it } from '@jest/globals';
import { decideHost, listAllowedHosts } from './hosts.ts';

const allowed = listAllowedHosts('127.0.0.1', ['jamie.example.com']);

describe('decideHost', () => {
  it.each([
    ['localhost:8000', undefined],
    ['LOCALHOST:8000', undefined],
    ['127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['[::1]:8000', 'http://[::1]:8000'],
    ['jamie.example.com', 'https://jamie.example.com'],
  ])('allows %s from %s', (host, origin) => {
    expect(decideHost({ host, origin }, allowed)).toEqual({ kind: 'allowed' });
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8000',
    'localhost.evil.example',
    'evil.localhost',
    '127.0.0.1.evil.example',
    '127.0.0.2',
    'localhost:8000:9',
    'localhost@evil.example',
  ])('refuses the host %s', (host) => {
    expect(decideHost({ host, origin: undefined }, allowed)).toEqual({
      kind: 'refused',
      reason: 'unknown_host',
    });
  });

  it.each([
    'http://evil.example',
    'null',
    '',
    'http://localhost:3000',
    'http://localhost:8000.evil.example',
    'http://localhost',
    'file://localhost:8000',
  ])('refuses the origin %s', (origin) => {
    expect(decideHost({ host: 'localhost:8000', origin }, allowed)).toEqual({
      kind: 'refused',
      reason: 'foreign_origin',
    });
  });
});

describe('listAllowedHosts', () => {
  it('adds the address that we listen on, but never a wildcard', () => {
    expect(listAllowedHosts('10.0.0.7', []).has('10.0.0.7')).toBe(true);
    expect(listAllowedHosts('fd00::7', []).has('[fd00::7]')).toBe(true);
    expect(listAllowedHosts('0.0.0.0', []).has('0.0.0.0')).toBe(false);
    expect(listAllowedHosts('::', []).has('[::]')).toBe(false);
  });
});
