import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redactSecrets } from './redact-secrets.ts';

// Put together at run time, so that no scanner takes a canary for a leak.
const CANARY = ['c4n4ry', 'Pa55', 'w0rd'].join('');
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N'].join('.');

describe('redactSecrets', () => {
  it.each([
    `Authorization: Bearer ${CANARY}`,
    `authorization: Basic ${CANARY}==`,
    `curl -H "X-Api-Key: ${CANARY}"`,
    `Set-Cookie: session=${CANARY}`,
    `dial postgres://app:${CANARY}@db.shop:5432/orders`,
    `redis://:${CANARY}@cache:6379`,
    `amqp://user:${CANARY}@mq/vhost failed`,
    `password=${CANARY}`,
    `PGPASSWORD=${CANARY} psql`,
    `DB_PASSWORD: ${CANARY}`,
    `{"password":"${CANARY}","user":"app"}`,
    `{\\"password\\":\\"${CANARY}\\"}`,
    `client_secret='${CANARY} with spaces'`,
    `aws_secret_access_key = "${CANARY}"`,
    `api-key=${CANARY}&page=2`,
    `token: ${CANARY}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${CANARY}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${CANARY}\n(cut off)`,
    `-----BEGIN PRIVATE KEY-----\n${CANARY}\n${'no end near\n'.repeat(2_000)}`,
    `psql --password ${CANARY} -h db`,
    `run -api-key '${CANARY}'`,
  ])('leaves nothing of the secret in "%s"', (text) => {
    const redacted = redactSecrets(text);
    expect(redacted).not.toContain(CANARY);
    expect(redacted).toContain('[redacted]');
  });

  it.each([
    ['JSON Web Token', JWT],
    ['AWS access key id', `AKIA${'IOSFODNN7EXAMPLE'}`],
    ['GitHub token', `ghp_${'a1B2c3D4e5'.repeat(4)}`],
    ['GitHub fine-grained token', `github_pat_${'a1B2c3D4e5'.repeat(4)}`],
    ['GitLab token', `glpat-${'a1B2c3D4e5'.repeat(2)}`],
    ['Slack bot token', `xoxb-${'1234567890-abcdef'}`],
    ['Slack browser token', `xoxc-${'1234567890-abcdef'}`],
    ['Slack app token', `xapp-${'1-A012-1234567890'}`],
    ['Stripe key', `sk_live_${'a1B2c3D4e5'.repeat(3)}`],
    ['Google API key', `AIza${'a1B2c3D4e5'.repeat(4).slice(0, 35)}`],
    ['npm token', `npm_${'a1B2c3D4e5'.repeat(4)}`],
  ])('redacts a %s wherever it stands', (_what, secret) => {
    expect(redactSecrets(`calling with ${secret} now`)).toBe('calling with [redacted] now');
  });

  it.each(['services', 'workflows', 'triggers'])('redacts a Slack webhook below /%s', (kind) => {
    const path = ['T0123', 'B0123', CANARY].join('/');
    expect(redactSecrets(`https://hooks.slack.com/${kind}/${path}`)).toBe(
      `https://hooks.slack.com/${kind}/[redacted]`,
    );
  });

  const body = `${CANARY}+/`.repeat(5).slice(0, 64);

  it.each([
    [
      'its first line missing',
      `${body}\n${body}\n${body.slice(0, 40)}==\n-----END RSA PRIVATE KEY-----\nnext`,
    ],
    ['a time before each line', `09:30:01 ${body}\n09:30:02 ${body}\n09:30:03 next`],
    ['one line and its end', `${body}\n-----END PRIVATE KEY-----`],
    ['each line an entry of JSON', `{"msg":"${body}"\n{"msg":"${body}"\n`],
  ])('redacts a key with %s', (_what, text) => {
    expect(redactSecrets(text)).not.toContain(CANARY);
  });

  it('leaves one long word and lists of digests alone', () => {
    const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
    for (const text of [`path ${body}`, `${digest}\n${digest}\n${digest}`])
      expect(redactSecrets(text)).toBe(text);
  });

  it('keeps the user and the host of a URL', () => {
    expect(redactSecrets(`postgres://app:${CANARY}@db:5432/x`)).toBe('postgres://app:[redacted]@db:5432/x');
  });

  it.each([
    'token expired, please sign in again',
    'Error: password authentication failed for user "app"',
    'secret "checkout-token" not found',
    "couldn't find key password in Secret shop/checkout-token",
    'GET https://registry.example:5000/v2/ returned 404',
    'GET http://127.0.0.1:8000/search?q=a@b returned 404',
    'WWW-Authenticate: Bearer realm="https://auth.example/token"',
    'unexpected token } in JSON at position 17',
    'tokens=512 used',
    'image registry.example/shop/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'invalid token: expected a number',
    'panic: runtime error: invalid memory address',
  ])('leaves ordinary text alone: "%s"', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('changes nothing the second time', () => {
    const parts = fc.constantFrom(
      `password=${CANARY}`,
      `Bearer ${CANARY}`,
      `postgres://a:${CANARY}@b`,
      JWT,
      '"',
      "'",
      ' ',
      '\n',
      ':',
      '=',
      'token',
      'secret: ',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
        const once = redactSecrets(pieces.join(' '));
        expect(redactSecrets(once)).toBe(once);
        expect(once).not.toContain(`=${CANARY}`);
      }),
    );
  });

  it('stays linear on hostile text', () => {
    const hostile = [
      'password'.repeat(20_000),
      `${'a://'.repeat(20_000)}@`,
      '-----BEGIN PRIVATE KEY-----'.repeat(200),
      'eyJ'.repeat(30_000),
    ];
    for (const text of hostile) expect(redactSecrets(text).length).toBeLessThanOrEqual(text.length);
  });
});
