import { describe, expect, it } from '@jest/globals';
import { formatFact, formatMoment, formatTime } from './format-time.ts';

const AT = Date.UTC(2026, 7, 2, 14, 3, 9);

describe('formatTime', () => {
  it('shows the time alone today, and the date with it on any other day', () => {
    expect(formatTime(AT, AT + 60_000, 'UTC')).toBe('14:03');
    expect(formatTime(AT, AT + 86_400_000, 'UTC')).toBe('2 Aug 2026, 14:03');
  });

  it('counts days in the time zone of the reader', () => {
    const lateInLondon = Date.UTC(2026, 7, 2, 23, 30);
    expect(formatTime(lateInLondon, lateInLondon - 3_600_000, 'UTC')).toBe('23:30');
    expect(formatTime(lateInLondon, lateInLondon - 3_600_000, 'Europe/London')).toBe('3 Aug 2026, 00:30');
  });
});

describe('formatMoment', () => {
  it('shows date and time to the second', () => {
    expect(formatMoment(AT, 'UTC')).toBe('2 Aug 2026, 14:03:09');
  });
});

describe('formatFact', () => {
  it('turns a bare timestamp into local time', () => {
    expect(formatFact('2026-08-02T14:03:09.000Z', AT, 'UTC')).toBe('14:03');
  });

  it('leaves any other text alone', () => {
    const text = 'deployed 2026-08-02T14:03:09.000Z by ann';
    expect(formatFact(text, AT, 'UTC')).toBe(text);
  });
});
