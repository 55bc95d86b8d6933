import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { createLogger, type LoggerOptions } from './logger.ts';

function capture(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    format: 'json',
    clock: { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6), sleep: () => Promise.resolve() },
    sink: { write: (line: string) => void lines.push(line) },
    ...options,
  });
  const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, entries };
}

describe('createLogger', () => {
  it('writes one JSON object per line with the constant message and its fields', () => {
    const { logger, entries } = capture();
    logger.info('plan approved', { planId: 'p-1', durationMs: 3 });
    expect(entries()).toEqual([
      {
        level: 30,
        time: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
        msg: 'plan approved',
        planId: 'p-1',
        durationMs: 3,
      },
    ]);
  });

  it('adds the fields of each child, the newest winning', () => {
    const { logger, entries } = capture();
    logger.child({ component: 'api', correlationId: 'c1' }).child({ component: 'ws' }).warn('closed');
    expect(entries()).toMatchObject([{ component: 'ws', correlationId: 'c1', level: 40 }]);
  });

  it('leaves out what is below its level', () => {
    const { logger, lines } = capture({ level: 'warn' });
    logger.debug('a');
    logger.info('b');
    logger.error('c');
    expect(lines).toHaveLength(1);
  });

  it('writes an error with its code, details and causes', () => {
    const { logger, entries } = capture();
    const cause = new Error('ECONNREFUSED');
    logger.error('cluster unreachable', {
      err: new OpsError('unavailable', 'no', { cause, details: { a: 1 } }),
    });
    expect(entries()).toMatchObject([
      { err: { code: 'unavailable', message: 'no', details: { a: 1 }, cause: { message: 'ECONNREFUSED' } } },
    ]);
  });

  it('survives what JSON cannot hold', () => {
    const { logger, entries } = capture();
    const cycle: Record<string, unknown> = { big: 1n, bytes: new Uint8Array(3), call: () => 1 };
    cycle['self'] = cycle;
    logger.info('odd', { cycle, when: new Date(0), never: new Date(Number.NaN) });
    expect(entries()).toMatchObject([
      { cycle: { big: '1', bytes: '[3 bytes]', call: '[function]', self: '[deep]' }, never: 'invalid date' },
    ]);
  });

  it('writes lines for people, with errors beneath and control characters removed', () => {
    const { logger, lines } = capture({ format: 'pretty' });
    logger.warn('pod restarted', { pod: 'payments/checkout', text: 'a b\u001b[31m' });
    expect(lines).toEqual([
      '03:04:05.006 warn  pod restarted  pod=payments/checkout  text="a b\\u001b[31m"\n',
    ]);
    logger.error('failed', { err: new Error('boom\u001b[2J') });
    expect(lines[1]).toMatch(/^03:04:05\.006 ERROR failed\n {2}Error: boom\[2J\n/);
  });
});

describe('redaction in the log', () => {
  const CANARY = 'canary-9f8e7d6c5b';
  it.each([
    { token: CANARY },
    { botToken: CANARY },
    { headers: { Authorization: CANARY, 'set-cookie': [CANARY] } },
    { config: { slack: { signingSecret: CANARY } } },
    { object: { kind: 'Secret', data: { a: CANARY }, stringData: { b: CANARY } } },
    { list: [{ kind: 'Secret', data: { a: CANARY } }] },
    { url: `http://user:${CANARY}@host/path` },
    { url: `http://127.0.0.1:8000/?token=${CANARY}` },
    { text: `Authorization: Bearer ${CANARY}` },
    { text: `xoxb-1234-${CANARY}` },
    { text: `key eyJhbGciOiJI.${CANARY}.sig` },
    { pem: `-----BEGIN RSA PRIVATE KEY-----\n${CANARY}\n-----END RSA PRIVATE KEY-----` },
    { err: new OpsError('internal', `bad xoxp-${CANARY}`, { cause: new Error(`token xapp-1-${CANARY}`) }) },
    { 'client-key-data': CANARY, kubeconfig: CANARY, password: CANARY, apiKey: CANARY },
  ])('takes the secret out of %j', (fields) => {
    const { logger, lines } = capture();
    logger.error('failed', fields);
    logger.child(fields).error('failed');
    expect(lines.join('')).not.toContain(CANARY);
    expect(lines.join('')).toContain('[redacted]');
  });

  it('takes configured secrets out of every field and message, whatever they look like', () => {
    const { logger, lines } = capture({ secrets: [CANARY, 'short'] });
    logger.info(`message ${CANARY}`, { a: { b: [`in a text ${CANARY}!`] }, plain: 'short words stay' });
    expect(lines.join('')).not.toContain(CANARY);
    expect(lines.join('')).toContain('short words stay');
  });

  it('leaves ordinary fields alone', () => {
    const { logger, entries } = capture();
    const fields = {
      name: 'checkout',
      tokens: 12,
      key: 'conversation',
      secretName: 'db',
      url: 'http://host:80/a@b',
    };
    logger.info('fine', fields);
    expect(entries()).toMatchObject([fields]);
  });
});
