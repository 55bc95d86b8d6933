import { describe, expect, it } from '@jest/globals';
import { understand } from './sentence-world.fixture.ts';

describe('readQuestion', () => {
  it.each([
    ['Should I restart billing in finance?', 'why billing -n finance'],
    ['what happens if I scale it to zero?', 'why it'],
    ['is it safe to roll back quotes?', 'why quotes'],
    ['delete billing?', 'why billing'],
    ['why is the price feed slow?', 'why price-feed'],
    ['wy is billing down', 'why billing'],
    ['is health ok?', 'why health'],
    ['what is wrong with events?', 'why events'],
    ['is the Knoten machine-7 ready?', 'why node/machine-7'],
    ['how is finance?', 'health -n finance'],
    ['how is everything on blue?', 'health --cluster blue'],
    ['what about quotes?', 'why quotes'],
    ['and in travel?', 'health -n travel'],
    ['nobody can log in', 'health'],
  ])('reads "%s" as %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });

  it.each([
    ['show me the last 20 lines of the billing logs', 'logs billing --tail 20'],
    [
      'logs of billing since half an hour ago with refused in them',
      'logs billing --since 30m --grep refused',
    ],
    ['search the logs of billing for "connection reset"', 'logs billing --grep "connection reset"'],
    ['the previous logs of ledger-0 please', 'logs ledger-0 --previous'],
    ['follow the quotes logs for a minute', 'logs quotes --follow 1m'],
    ['logs of the proxy container in billing', 'logs billing -c proxy'],
    ['logs for events', 'logs events'],
    ['show the evnts of billing', 'events billing'],
    ['events of events since 30m', 'events events --since 30m'],
    ['any warnings in finance?', 'events --warnings -n finance'],
    ['which pods are broken in travel?', 'pods --unhealthy -n travel'],
    ['list the pods of billing', 'pods billing'],
    ['who eats the memory in finance?', 'top pods --by memory -n finance'],
    ['which node is the busiest?', 'top nodes'],
    ['what changed in billing since revision 4?', 'diff billing --from 4'],
    ['compare revision 2 and 5 of billing', 'diff billing --from 2 --to 5'],
    ['what would p-4k7d2m9q change?', 'diff p-4k7d2m9q'],
  ])('finds what "%s" asks to see: %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });

  it.each([
    ['who am I?', 'whoami'],
    ['what may I do in finance?', 'whoami -n finance'],
    ['which clusters do you know?', 'clusters'],
    ['what did you heal today?', 'healing'],
    ['what are you healing?', 'healing'],
    ['did anything heal itself last night?', 'healing'],
    ['what have you done by yourself?', 'healing'],
    ['what is self-healing doing?', 'healing'],
    ['are any healing cases open?', 'healing'],
    ['what happened in h-4k7d2m9q?', 'healing h-4k7d2m9q'],
    ['should I close h-4k7d2m9q?', 'healing h-4k7d2m9q'],
    ['any open plans?', 'plan'],
    ['who approved p-4k7d2m9q?', 'audit p-4k7d2m9q'],
    ['is it frozen?', 'status'],
    ['unfreeze?', 'status'],
    ['what did Scarlet do in the last two hours?', 'audit --since 2h'],
    ['is the audit log intact?', 'audit verify'],
    ['are changes frozen?', 'status'],
    ['check your connections', 'doctor'],
    ['what can you do?', 'help'],
    ['how do I roll back?', 'help rollback'],
    ['tell me a joke', 'asks not_understood'],
  ])('answers "%s" of ourselves: %s', (text, command) => {
    expect(understand(text)).toBe(command);
  });
});
