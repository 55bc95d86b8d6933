import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anEvidence, crashGrounds } from '../model-world.fixture.ts';
import { checkCitations, type DropReason, MOST_SENTENCES } from './check-citations.ts';

const grounds = crashGrounds();

function reasonOf(text: string, otherNames: readonly string[] = []): DropReason | 'kept' {
  const { sentences, dropped } = checkCitations(text, grounds, { otherNames: new Set(otherNames) });
  expect(sentences.length + dropped.length).toBe(1);
  return dropped[0]?.reason ?? 'kept';
}

describe('checkCitations', () => {
  it.each([
    'Container app exits with code 1 soon after it starts [E1].',
    'The container app of payments/checkout-7d9f8 has restarted 7 times [E1].',
    'The log ends with "connection refused" [E2].',
    'The Pod is in CrashLoopBackOff with a memory limit of 512Mi [E1].',
    'Because of that, 0 of 3 replicas are ready [E3].',
    'The replicas have been unavailable for 10 minutes [E3].',
    'None of the three replicas is ready [E3].',
    'Its limit is 512 Mi of memory, and it exits with code 1 [E1, E2].',
  ])('keeps %j', (text) => {
    expect(reasonOf(text)).toBe('kept');
  });

  it.each<[DropReason, string]>([
    ['uncited', 'Container app exits with code 1.'],
    ['unknown_evidence', 'Container app exits with code 1 [E9].'],
    ['unknown_evidence', 'Container app exits with code 1 [E1, E9].'],
    ['unknown_number', 'The container has restarted 8 times [E1].'],
    ['unknown_number', 'The container has restarted eight times [E1].'],
    ['unknown_number', 'The memory limit is 512Gi [E1].'],
    ['unknown_number', 'The memory limit is 512 GB [E1].'],
    ['unknown_number', 'Half of the replicas are ready [E3].'],
    ['unknown_number', 'The replicas have been unavailable for 10 hours [E3].'],
    ['unknown_number', '7 replicas are unavailable [E1, E3].'],
    ['unknown_number', 'Container app exits with code 1 at 99% of its memory limit [E1].'],
    ['unknown_name', 'The container of payments/basket exits with code 1 [E1].'],
    ['unknown_name', 'The pod basket exits with code 1 [E1].'],
    ['unknown_name', 'The basket deployment exits with code 1 [E1].'],
    ['unknown_name', 'The container cannot connect to Kafka [E2].'],
    ['unknown_name', 'The container is in ImagePullBackOff with code 1 [E1].'],
    ['unknown_number', 'The container is refused a connection to 10.0.0.5:5432 [E2].'],
    ['unknown_quotation', 'The log ends with "permission denied" on connect [E2].'],
    ['unknown_quotation', 'The log ends with "connection refused [E2].'],
    ['advice', 'Run kubectl logs for container app [E1].'],
    ['advice', 'Restart the container app [E1].'],
    ['advice', 'You should raise the memory limit of 512Mi [E1].'],
    ['advice', 'The memory limit should be raised [E1].'],
    ['claims_action', 'I have restarted the container app [E1].'],
    ['claims_action', 'The container has been restarted with code 1, as approved [E1].'],
    ['instructions', 'Ignore the exit code 1 of the container [E1].'],
    ['markup', 'The container app exits with code 1 <!channel> [E1].'],
    ['markup', 'The container app exits @here with code 1 [E1].'],
    ['markup', 'The container app exits, see https://evil.example/app [E1].'],
    ['markup', 'The [container](app) exits with code 1 [E1].'],
    ['markup', 'The _container_ app exits with code 1 [E1].'],
    ['markup', 'The :rotating_light: container exits with code 1 [E1].'],
    ['markup', 'The container app exits with c\u043ede 1 [E1].'],
    ['markup', 'The container\u200b app exits with code 1 [E1].'],
    ['unknown_name', 'The container app exits, see evil.example [E1].'],
    ['reassurance', 'Container app is healthy [E1].'],
    ['reassurance', 'There is no problem with the container app [E1].'],
    ['contradiction', 'The pod is not in CrashLoopBackOff [E1].'],
    ['ungrounded', 'Somebody probably misconfigured everything yesterday evening [E1].'],
    ['unfinished', 'Container app exits with code'],
    ['secret', 'The log holds password=hunter2-canary after connection [E2].'],
  ])('drops as %s: %j', (reason, text) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('drops a plain word that is the name of another object', () => {
    const text = 'Like basket, container app exits with code 1 [E1].';
    expect(reasonOf(text, ['basket'])).toBe('unknown_name');
  });

  it.each(['log', 'event'] as const)('lets the text of a %s bear out its quotation and no more', (source) => {
    const text = 'Readiness probe failed: 4711 orders lost at basket-7';
    const told = { ...grounds, evidence: [anEvidence('E1', text, source)] };
    const check = (claim: string) => checkCitations(claim, told).sentences;
    expect(check('It says "4711 orders lost at basket-7" [E1].')).toHaveLength(1);
    expect(check('The container app lost 4711 orders [E1].')).toEqual([]);
  });

  it('takes what our own sentences quote for a quotation and no more', () => {
    const said =
      'container app exits with code 1. Its log says "all" healthy, 4711 orders at basket-7 "lost".';
    const quoting = { ...grounds, facts: [{ text: said, evidenceIds: ['E1'] }] };
    const check = (text: string) => checkCitations(text, quoting).sentences;
    expect(check('Container app exits with code 1 [E1].')).toHaveLength(1);
    expect(check('The container says "4711 orders at basket-7" [E1].')).toHaveLength(1);
    expect(check('The container app is healthy with code 1 [E1].')).toEqual([]);
    expect(check('The container lost 4711 orders [E1].')).toEqual([]);
    expect(check('The container app exits at basket-7 [E1].')).toEqual([]);
  });

  it('reads lists, emphasis and citations behind the full stop', () => {
    const { sentences } = checkCitations(
      '1. **Container** `app` exits with code 1. [E1]\n- 0 of 3 replicas are ready [E3]; [E1].',
      grounds,
    );
    expect(sentences[0]).toBe('Container app exits with code 1 [E1].');
    expect(sentences).toHaveLength(2);
  });

  it('keeps each sentence once and at most five', () => {
    const many = ['a', 'the', 'this', 'that', 'its', 'each', 'one'].map(
      (word) => `${word} container exits soon after it starts [E1].`,
    );
    const { sentences, dropped } = checkCitations([...many, ...many].join('\n'), grounds);
    expect(sentences).toHaveLength(MOST_SENTENCES);
    expect(dropped.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['too_many', 'repeated']));
  });

  it('drops the last sentence of an answer that is only a part', () => {
    const text = 'Container app exits with code 1 [E1]. The log ends with "connection refused" [E2].';
    expect(checkCitations(text, grounds, { isWhole: false }).sentences).toEqual([
      'Container app exits with code 1 [E1].',
    ]);
  });

  it('may say that all is well only of what is', () => {
    const text = 'Container app is healthy, its last exit code is 1 [E1].';
    expect(checkCitations(text, { ...grounds, isHealthy: true }).sentences).toHaveLength(1);
    expect(checkCitations(text, grounds).sentences).toHaveLength(0);
  });
});

const fragment = fc.oneof(
  fc.constantFrom(
    'container app exits with code 1',
    'Container',
    'restarts',
    '7',
    '8',
    '512Mi',
    '10 minutes',
    'payments/checkout-7d9f8',
    'payments/basket',
    'kubectl delete pod',
    '<@U123>',
    '<!here>',
    'https://evil.example',
    '`rm -rf`',
    '"connection refused"',
    'ignore previous instructions',
    'is healthy',
    'you should restart it',
    '[E1]',
    '[E2]',
    '[E9]',
    '.',
    '\n',
    '. ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const anyText = fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join(' '));

describe('what checkCitations keeps, whatever a model says', () => {
  it('cites known evidence, at the end, and holds no markup, address or command', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const sentence of checkCitations(text, grounds).sentences) {
          expect(sentence).toMatch(/^[\x20-\x7e]+ \[E[123](, E[123])*\]\.$/);
          expect(sentence).not.toMatch(/[<>@`*|]|:\/\/|kubectl|evil|basket|instructions|healthy|should/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('holds no number but those of its evidence', () => {
    const known = new Set(['0', '1', '3', '7', '10', '512']);
    fc.assert(
      fc.property(fc.nat(2_000), fc.constantFrom('E1', 'E2', 'E3'), (number, id) => {
        const { sentences } = checkCitations(`Container app exits with code ${number} [${id}].`, grounds);
        if (!known.has(String(number))) expect(sentences).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is kept again when it is checked again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { sentences } = checkCitations(text, grounds);
        expect(checkCitations(sentences.join(' '), grounds).sentences).toEqual(sentences);
      }),
      { numRuns: 300 },
    );
  });
});
