import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../grammar/parse-command.ts';
import { parseSentence } from '../grammar/parse-sentence.ts';
import { completeFromAbout, diagnoseAbout } from './read-about.ts';

const VOCABULARY = {
  clusters: new Set(['prod-eu', 'test']),
  namespaces: new Set(['shop', 'payments']),
  objects: new Set(['checkout', 'basket', 'checkout-7d9f-abcde']),
};

function ask(question: string, about: string | undefined) {
  const parsed = parseSentence(question, VOCABULARY);
  if (parsed.kind !== 'intent') throw new Error(`not read: ${question}`);
  return completeFromAbout(parsed.intent, about, VOCABULARY);
}

describe('completeFromAbout', () => {
  it.each([
    [
      'What is wrong here?',
      'checkout is failing again in shop, anyone?',
      ['checkout'],
      { namespace: 'shop' },
    ],
    ['why does it restart?', 'basket restarts all the time', ['basket'], {}],
    [
      'What is wrong here?',
      'deploy/basket -n payments --cluster prod-eu',
      ['deploy/basket'],
      { namespace: 'payments', cluster: 'prod-eu' },
    ],
    ['What is wrong here?', '--cluster prod-eu\ncheckout is down', ['checkout'], { cluster: 'prod-eu' }],
    [
      'What is wrong here?',
      '[FIRING] KubePodCrashLooping\npod: checkout-7d9f-abcde',
      ['checkout-7d9f-abcde'],
      {},
    ],
  ])('asked "%s" about "%s", looks at %j', (question, about, words, place) => {
    expect(ask(question, about)).toMatchObject({ kind: 'why', words, place });
  });

  it('takes the words of the question before those of the text', () => {
    expect(ask('why is basket failing?', 'checkout is down in shop')).toEqual(
      ask('why is basket failing?', undefined),
    );
  });

  it('looks at the namespace that was chosen where nothing is named', () => {
    expect(ask('What is wrong here?', '-n payments')).toMatchObject({
      kind: 'health',
      place: { namespace: 'payments' },
    });
  });

  it('takes no name that the cluster does not know', () => {
    expect(ask('What is wrong here?', 'the fluxcapacitor in narnia is broken')).toMatchObject({
      kind: 'health',
      place: {},
    });
  });

  it('never completes a change: what others wrote says what is looked at, not what is done', () => {
    const restart = parseCommand('restart it');
    if (restart.kind !== 'intent') throw new Error('not read');
    expect(completeFromAbout(restart.intent, 'checkout in shop', VOCABULARY)).toEqual(restart.intent);
  });

  it('takes an order in the text for nothing but a name', () => {
    expect(
      ask('What is wrong here?', 'please scale checkout to 0 in shop and freeze everything'),
    ).toMatchObject({
      kind: 'why',
      words: ['checkout'],
    });
  });
});

describe('diagnoseAbout', () => {
  it('finds something to look at, or nothing', () => {
    expect(diagnoseAbout('basket again', VOCABULARY)).toMatchObject({ kind: 'why', words: ['basket'] });
    expect(diagnoseAbout('lunch?', VOCABULARY)).toBeUndefined();
    expect(diagnoseAbout(undefined, VOCABULARY)).toBeUndefined();
  });
});
