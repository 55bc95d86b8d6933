import { describe, expect, it } from '@jest/globals';
import { parseSentence } from '../parse-sentence.ts';
import { understand, WORLD } from './sentence-world.fixture.ts';

describe('an order to scale', () => {
  it.each([
    ['Could you take billing up to six replicas, please?', 'scale billing 6'],
    ['billing is fine, thanks', 'why billing'],
    ['scale quotes in travel down to 2', 'scale quotes 2 -n travel'],
    ['raise ledger to a dozen', 'scale ledger 12'],
    ['scale the ledger stateful set to twenty one', 'scale sts/ledger 21'],
    ['on blue, scale finance billing to 4', 'scale billing 4 -n finance --cluster blue'],
    ['scale billing (travel) to 3', 'scale billing 3 -n travel'],
    ['increase quotes by 3', 'scale quotes +3'],
    ['give quotes two more pods', 'scale quotes +2'],
    ['remove a replica from quotes', 'scale quotes -1'],
    ['take three replicas off billing', 'scale billing -3'],
    ['three more replicas for billing please', 'scale billing +3'],
    ['scale billing to 5 -n finance please', 'scale billing 5 -n finance'],
    ['take billing from 3 to 5', 'scale billing 5'],
    ['make it double', 'scale it x2'],
    ['scale billing × 3', 'scale billing x3'],
    ['halve the price feed', 'scale price-feed x0.5'],
    ['cut quotes in half', 'scale quotes x0.5'],
    ['triple it', 'scale it x3'],
    ['shut quotes down', 'scale quotes 0'],
    ['take it to zero', 'scale it 0'],
    ['scale billing from 3 to 5', 'scale billing 5'],
    ['SCALE BILLING 7 NOW!!', 'scale billing 7'],
    ['sclae billing to 4 replcias', 'scale billing 4'],
    ['scale biling to 4', 'scale biling 4'],
    ['plan to scale billing to 4', 'scale billing 4'],
    ['scale billing 5 —cluster blue –n finance', 'scale billing 5 -n finance --cluster blue'],
    ['scale “billing” to 5 🙏', 'scale billing 5'],
    ['set the number of replicas of billing to 5', 'scale billing 5'],
    ['scale stock-2 to 3', 'scale stock-2 3'],
    ['scale the Einsatz billing to 3', 'asks qualifier'],
  ])('reads "%s" as %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });

  it.each([
    ['scale billing quotes to 3', 'several_targets'],
    ['scale billing in finance in travel to 3', 'several_targets'],
    ['restart billing on blue on green-one', 'several_targets'],
    ['restart billing quotes', 'several_targets'],
    ['scale billing', 'missing_amount'],
    ['scale to 5', 'missing_target'],
    ['scale billing up a bit', 'unclear_amount'],
    ['scale billing to 4 or 5', 'unclear_amount'],
    ['scale billing to 2.5', 'unclear_amount'],
    ['scale billing to -2', 'unclear_amount'],
    ['scale billing by 2', 'unclear_amount'],
    ['scale up billing 2', 'unclear_amount'],
    ['scale billing to 999999', 'unclear_amount'],
    ['more replicas for billing', 'unclear_amount'],
    ['scale billing and quotes to 4', 'several_targets'],
    ['scale billing to 4 on blue and green-one', 'several_targets'],
    ['scale the memory of billing to 4', 'unsupported'],
  ])('asks back for "%s": %s', (text, reason) => {
    expect(understand(text)).toBe(`asks ${reason}`);
  });
});

describe('an order to restart or to roll back', () => {
  it.each([
    ['bounce the price feed', 'restart price-feed'],
    ['would you mind restarting quotes?', 'restart quotes'],
    ['give billing a restart', 'restart billing'],
    ['restart the déploiement billing in the Namensraum finance', 'restart deploy/billing -n finance'],
    ['restart pod ledger-0', 'restart pod/ledger-0'],
    ['restart the pods of billing', 'restart billing'],
    ['restart that one again', 'restart it'],
    ['restart the restart bot', 'restart restart-bot'],
    ['restart events', 'restart events'],
    ['restart heath', 'restart heath'],
    ['roll back evnts in travel', 'rollback evnts -n travel'],
    ['restart health in travel', 'restart health -n travel'],
    ['restart the booking-api service asap', 'restart booking-api'],
    ['I want you to restart billing', 'restart billing'],
    ['ok go ahead and restart billing then', 'restart billing'],
    ['roll it back', 'rollback it'],
    ['roll back quotes to the one before', 'rollback quotes'],
    ['rollback quotes --to=3', 'rollback quotes --to 3'],
    ['roll quotes back to revision three', 'rollback quotes --to 3'],
    ['roll back quotes to the previous version', 'rollback quotes'],
    ['bring quotes back to rev 4 in travel', 'rollback quotes --to 4 -n travel'],
    ['rolback finance/billing', 'rollback billing -n finance'],
    ['restart billing -n finance', 'restart billing -n finance'],
  ])('reads "%s" as %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });

  it.each([
    'restart billing slowly',
    'restart billing wibble',
    'restart billing with 5 replicas',
    'restart only the canary of billing',
    'restart billing without asking anybody',
    'roll back billing but keep its config',
    'roll back billing two revisions',
    'restart billing --force',
  ])('never plans "%s" with a word left over', (text) => {
    const parsed = parseSentence(text, WORLD);
    expect(parsed.kind).toBe('ask');
  });

  it('offers what it did understand, and names what it did not', () => {
    expect(parseSentence('restart billing wibble', WORLD)).toMatchObject({
      reason: 'qualifier',
      question: expect.stringContaining('"wibble"'),
      options: [{ label: 'restart billing', command: 'restart billing' }],
    });
    expect(parseSentence('restart billing quickly', WORLD)).toMatchObject({
      reason: 'qualifier',
      question: expect.stringContaining('"quickly"'),
      options: [{ command: 'restart billing' }],
    });
  });
});
