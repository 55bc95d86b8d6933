import { isJsonObject } from '@jamie/core';

type Part = Readonly<Record<string, unknown>>;

/** What Slack may add one day: a scalar, a list and an object that nobody has heard of. */
const UNKNOWN: Part = {
  is_zephyr: true,
  zephyr_ids: ['Z1', null],
  zephyr: { kind: 'unheard_of', depth: { of: 2 } },
};

/** A copy of an envelope or payload with unknown fields in it, in its payload and in its event. */
export function withUnknownFields(value: Part): Part {
  const inner = ['payload', 'event', 'message', 'user', 'view'].flatMap((key) => {
    const member = value[key];
    return isJsonObject(member) ? [[key, withUnknownFields(member)] as const] : [];
  });
  return { ...value, ...Object.fromEntries(inner), ...UNKNOWN };
}
