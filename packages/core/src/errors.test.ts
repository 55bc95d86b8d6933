import { describe, expect, it } from '@jest/globals';
import { isOpsError, OPS_ERROR_CODES, OpsError, toOpsError } from './errors.ts';

describe('OpsError', () => {
  it('carries its code, message, details and cause', () => {
    const cause = new Error('socket hang up');
    const error = new OpsError('unavailable', 'the API server did not answer', {
      cause,
      retryAfterMs: 500,
      userMessage: 'The cluster does not answer.',
      details: { cluster: 'demo' },
    });
    expect(error).toMatchObject({
      name: 'OpsError',
      code: 'unavailable',
      message: 'the API server did not answer',
      retryAfterMs: 500,
      userMessage: 'The cluster does not answer.',
      details: { cluster: 'demo' },
      cause,
    });
    expect(error).toBeInstanceOf(Error);
  });

  it('has no cause of its own making', () => {
    expect('cause' in new OpsError('internal', 'broken')).toBe(false);
  });

  it.each(OPS_ERROR_CODES.map((code) => ({ code })))(
    'says of $code by default whether to try again',
    ({ code }) => {
      const mayPass = ['rate_limited', 'timeout', 'unavailable'].includes(code);
      expect(new OpsError(code, 'x').retryable).toBe(mayPass);
      expect(new OpsError(code, 'x', { retryable: !mayPass }).retryable).toBe(!mayPass);
    },
  );
});

describe('isOpsError', () => {
  it('knows an error by its brand and code', () => {
    const error = new OpsError('conflict', 'moved');
    expect(isOpsError(error)).toBe(true);
    expect(isOpsError(error, 'conflict')).toBe(true);
    expect(isOpsError(error, 'not_found')).toBe(false);
  });

  it('knows one that another copy of the module made', () => {
    const foreign = Object.assign(new Error('moved'), {
      [Symbol.for('jamie.ops-error')]: true,
      code: 'conflict',
    });
    expect(isOpsError(foreign, 'conflict')).toBe(true);
  });

  it.each([undefined, null, 'conflict', 7, new Error('conflict'), { code: 'conflict' }])(
    'rejects %p',
    (thrown) => {
      expect(isOpsError(thrown)).toBe(false);
    },
  );
});

describe('toOpsError', () => {
  it('leaves one of ours as it is', () => {
    const error = new OpsError('timeout', 'late');
    expect(toOpsError(error)).toBe(error);
  });

  it('wraps anything else as internal and keeps it as the cause', () => {
    const cause = new TypeError('x is undefined');
    expect(toOpsError(cause)).toMatchObject({
      code: 'internal',
      message: 'x is undefined',
      cause,
      retryable: false,
    });
    expect(toOpsError('just a text')).toMatchObject({
      code: 'internal',
      message: 'just a text',
      cause: 'just a text',
    });
  });
});
