import { describe, expect, it } from '@jest/globals';
import { understand } from '../sentence-world.fixture.ts';

describe('an order for an operation of the catalogue', () => {
  it.each([
    ['drain machine-7', 'drain machine-7'],
    ['would you mind draining the node machine-7', 'drain node/machine-7'],
    ['plan to cordon machine-7 on blue', 'cordon machine-7 --cluster blue'],
    ['put machine-7 back into service', 'uncordon machine-7'],
    ['hold the rollout of billing in finance', 'pause billing -n finance'],
    ['resume the billing rollout', 'resume billing'],
    ['stop the weekly invoice cronjob', 'suspend cronjob/weekly-invoice'],
    ['turn the weekly invoice cronjob back on', 'resume cronjob/weekly-invoice'],
    ['run the nightly settlement now', 'run nightly-settlement'],
    ['restart the load rates job in travel', 'rerun job/load-rates -n travel'],
    ['set the image of billing to acme/Billing:2', 'asks unclear_amount'],
    ['set the image of billing to acme/billing:V2.1-RC', 'image billing acme/billing:V2.1-RC'],
    ['give quotes 2gi of memory', 'resize quotes --memory 2Gi --limit-memory 2Gi'],
    ['set the cpu limit of quotes to 300m', 'resize quotes --limit-cpu 300m'],
    ['let quotes scale between two and a dozen', 'autoscale quotes --min 2 --max 12'],
    ['raise the maximum of the quotes hpa to 9', 'autoscale hpa/quotes --max 9'],
    ['image billing acme/billing:3', 'image billing acme/billing:3'],
    ['resize billing --memory 1Gi -n finance please', 'resize billing --memory 1Gi -n finance'],
    ['resize billing soon --memory 1Gi', 'asks unsupported'],
    ['kill the pod ledger-0', 'delete pod/ledger-0'],
    ['add the label tier=gold to billing', 'label billing tier=gold'],
    ['remove the label tier from billing', 'label billing tier-'],
    ['annotate billing with acme.com/owner=Eve', 'annotate billing acme.com/owner=Eve'],
  ])('reads "%s" as %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });

  it.each([
    ['drain machine-7 wibble', 'qualifier'],
    ['drain machine-7 and search', 'several_targets'],
    ['drain every node', 'several_targets'],
    ['drain machine-7 at midnight', 'timing'],
    ['do not cordon machine-7', 'negation'],
    ['pause billing unless it is busy', 'condition'],
    ['pause billing and restart quotes', 'several_actions'],
    ['give quotes more memory', 'missing_amount'],
    ['give quotes 2Gi of memory in 10m', 'qualifier'],
    ['set the image of billing to the newest', 'qualifier'],
    ['let quotes scale between 8 and 2', 'unclear_amount'],
    ['stop the weekly invoice cronjob until friday', 'timing'],
    ['delete billing', 'unsupported'],
    ['put billing back', 'unclear_order'],
    ['remove one pod from billing', undefined],
  ])('asks back about "%s": %s', (text, reason) => {
    expect(understand(text)).toBe(reason === undefined ? 'scale billing -1' : `asks ${reason}`);
  });

  it.each([
    'should i drain machine-7',
    'can we pause billing?',
    'is machine-7 cordoned',
    'did the weekly invoice cronjob run?',
  ])('takes "%s" for a question', (text) => {
    expect(understand(text)).not.toMatch(/^(?:drain|pause|cordon|run|suspend)/);
  });
});
