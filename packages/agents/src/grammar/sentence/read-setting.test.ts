import { describe, expect, it } from '@jest/globals';
import { understand } from './sentence-world.fixture.ts';

describe('a setting or a freeze, as said', () => {
  it.each([
    ['work in finance from now on', 'use -n finance'],
    ['switch to travel on blue', 'use -n travel --cluster blue'],
    ['set the default cluster to green-one', 'use --cluster green-one'],
    ['use finance for this channel', 'use -n finance --for channel'],
    ['forget my defaults', 'use --clear'],
    ['freeze all changes, the bank is down', 'freeze the bank is down'],
    ['freeze everything because of incident 7', 'freeze incident 7'],
    ['unfreeze, all good again', 'unfreeze all good'],
    ['lift the freeze please', 'unfreeze'],
  ])('reads "%s" as %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });

  it.each([
    ['use finance and travel', 'qualifier'],
    ['use finance tomorrow', 'timing'],
    ['use billing', 'qualifier'],
    ['freeze everything', 'missing_target'],
    ['freeze billing', 'qualifier'],
    ['freeze everything until Monday', 'timing'],
    ['freeze, we are about to eat lunch — never mind', 'negation'],
    ['freeze all changes, incident 9. No wait!', 'negation'],
    ['lift the freeze in finance', 'qualifier'],
  ])('asks back for "%s": %s', (text, reason) => {
    expect(understand(text)).toBe(`asks ${reason}`);
  });
});
