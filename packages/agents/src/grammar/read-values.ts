import { EVERY_NAMESPACE } from './parameters.ts';
import type { CommandWords } from './split-command.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Reads `90s`, `10m`, `2h`, `1d`, `1h30m`, or a number of seconds; undefined when it is none of these. */
export function readSeconds(text: string): number | undefined {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  const parts = [...text.toLowerCase().matchAll(/(\d{1,6})(s|m|h|d|w)(?:ec|in|ours?|ays?|eeks?)?/g)];
  const whole = parts.map(([part]) => part).join('');
  if (parts.length === 0 || whole !== text.toLowerCase()) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? 's'] ?? 1), 0);
}

/** The place that the options name. */
export function readPlace({ options }: CommandWords): { namespace?: string; cluster?: string } {
  return {
    ...(options.namespace !== undefined && { namespace: options.namespace.toLowerCase() }),
    ...(options.all !== undefined && { namespace: EVERY_NAMESPACE }),
    ...(options.cluster !== undefined && { cluster: options.cluster }),
  };
}

/** A whole number of an option; its text when it is none, which the schema refuses. */
export function readNumber(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

type Given<Values> = { readonly [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** Leaves out the members that are undefined. */
export function given<Values extends Readonly<Record<string, unknown>>>(values: Values): Given<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Given<Values>;
}
