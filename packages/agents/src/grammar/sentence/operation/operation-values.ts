import type { Part } from '../name-parts.ts';
import { readNumberWords } from '../read-number-words.ts';
import type { Sentence } from '../sentence.ts';
import { isImage } from './find-evidence.ts';
import type { OperandCommand } from './operation-verb.ts';

/** What an order says beside its object: an image, amounts, bounds, labels. */
export interface OperationValues {
  readonly images: string[];
  readonly quantities: string[];
  readonly resources: Set<'cpu' | 'memory'>;
  readonly of: Set<'request' | 'limit'>;
  readonly bounds: number[];
  readonly ends: Set<'min' | 'max'>;
  readonly marks: Record<string, string | null>;
  container?: string;
}

/** Takes a value that begins at a word; how many words it took, 0 for none. */
export type ValueReader = (sentence: Sentence, at: number, values: OperationValues) => number;

export function noValues(): OperationValues {
  return {
    images: [],
    quantities: [],
    resources: new Set(),
    of: new Set(),
    bounds: [],
    ends: new Set(),
    marks: {},
  };
}

/** The readers of each command's values. */
export const VALUE_READERS: Readonly<Partial<Record<OperandCommand, ValueReader>>> = {
  image: readImage,
  resize: readResource,
  autoscale: readBound,
  label: readMark,
  annotate: readMark,
};

/** As typed: tags tell capitals apart. */
function said({ text }: Sentence, part: Part | undefined): string {
  return part === undefined ? '' : text.slice(part.start, part.end);
}

/** "To shop/cart:1.4.3", "image shop/cart:1.4.3", "-c app". */
function readImage(sentence: Sentence, at: number, values: OperationValues): number {
  const { parts, texts } = sentence;
  if (texts[at] === '-c' || texts[at] === '--container') {
    values.container = said(sentence, parts[at + 1]);
    return 2;
  }
  let next = at;
  while (/^(?:to|image|with|the|be|as|of|on|for)$/.test(texts[next] ?? '') && next < at + 3) next += 1;
  const part = parts[next];
  if (part !== undefined && isImage(part)) {
    values.images.push(said(sentence, part));
    return next + 1 - at;
  }
  return /^(?:image|images)$/.test(texts[at] ?? '') ? 1 : 0;
}

const RESOURCES: Readonly<Record<string, 'cpu' | 'memory'>> = {
  cpu: 'cpu',
  cpus: 'cpu',
  memory: 'memory',
  mem: 'memory',
  ram: 'memory',
};

/** "The memory limit", "1Gi of memory", "to 250m". */
function readResource(sentence: Sentence, at: number, values: OperationValues): number {
  const text = sentence.texts[at] ?? '';
  const resource = RESOURCES[text];
  if (resource !== undefined) values.resources.add(resource);
  if (/^limits?$/.test(text)) values.of.add('limit');
  if (/^requests?$/.test(text)) values.of.add('request');
  if (resource !== undefined || /^(?:limits?|requests?)$/.test(text)) return 1;
  if (/^(?:to|of|with|at)$/.test(text)) {
    const next = sentence.texts[at + 1] ?? '';
    if (RESOURCES[next] === undefined && quantityAt(sentence, at + 1) === undefined) return 0;
    return 1;
  }
  const quantity = quantityAt(sentence, at);
  if (quantity === undefined) return 0;
  values.quantities.push(quantity);
  return 1;
}

const UNITS: Readonly<Record<string, string>> = {
  ki: 'Ki',
  mi: 'Mi',
  gi: 'Gi',
  ti: 'Ti',
  m: 'm',
  g: 'G',
  k: 'k',
  t: 'T',
};

/** `1Gi`, `512mi`, `250m`, `2`; M is a million bytes and m a thousandth, so that its case is kept. */
function quantityAt(sentence: Sentence, at: number): string | undefined {
  const [, number, unit = ''] =
    /^(\d+(?:\.\d+)?)([a-z]{0,2})$/i.exec(said(sentence, sentence.parts[at])) ?? [];
  if (number === undefined) return undefined;
  if (unit === '' || unit === 'M') return `${number}${unit}`;
  const known = UNITS[unit.toLowerCase()];
  return known === undefined ? undefined : `${number}${known}`;
}

const ENDS: Readonly<Record<string, 'min' | 'max'>> = {
  min: 'min',
  minimum: 'min',
  least: 'min',
  '--min': 'min',
  max: 'max',
  maximum: 'max',
  most: 'max',
  '--max': 'max',
};

/** "Between 2 and 8", "from 2 to 8", "up to 20", "the minimum … to 3". */
function readBound(sentence: Sentence, at: number, values: OperationValues): number {
  const { parts, texts } = sentence;
  const text = texts[at] ?? '';
  const end = ENDS[text];
  if (end !== undefined) {
    values.ends.add(end);
    return 1;
  }
  if (text === 'between' || text === 'from') return readRange(parts, texts, at, values);
  if (text === 'up' && texts[at + 1] === 'to') {
    values.ends.add('max');
    return 1;
  }
  if (/^(?:scale|autoscale|grow|bounds?|autoscaling|limits?|automatically)$/.test(text)) return 1;
  return readOneBound(sentence, at, values);
}

function readOneBound({ parts, texts }: Sentence, at: number, values: OperationValues): number {
  const start = /^(?:to|at)$/.test(texts[at] ?? '') ? at + 1 : at;
  const number = parts[start]?.isObject === true ? undefined : readNumberWords(parts, start);
  if (number === undefined) return 0;
  values.bounds.push(number.value);
  const next = start + number.taken;
  return next + unitLength(texts, next) - at;
}

function readRange(
  parts: readonly Part[],
  texts: readonly string[],
  at: number,
  values: OperationValues,
): number {
  const low = readNumberWords(parts, at + 1);
  if (low === undefined) return 0;
  const joint = at + 1 + low.taken;
  if (!/^(?:and|to|-)$/.test(texts[joint] ?? '')) return 0;
  const high = readNumberWords(parts, joint + 1);
  if (high === undefined) return 0;
  values.bounds.push(low.value, high.value);
  values.ends.add('min').add('max');
  const next = joint + 1 + high.taken;
  return next + unitLength(texts, next) - at;
}

function unitLength(texts: readonly string[], at: number): number {
  return /^(?:replicas?|pods?|instances?|copies)$/.test(texts[at] ?? '') ? 1 : 0;
}

/** "Team=payments", "the label team" where it is taken away. */
function readMark(sentence: Sentence, at: number, values: OperationValues): number {
  const { parts, texts } = sentence;
  const text = texts[at] ?? '';
  const typed = said(sentence, parts[at]);
  const equals = typed.indexOf('=');
  if (equals > 0) {
    values.marks[typed.slice(0, equals)] = typed.slice(equals + 1);
    return 1;
  }
  if (/^[A-Za-z0-9].*-$/.test(typed)) {
    values.marks[typed.slice(0, -1)] = null;
    return 1;
  }
  return /^(?:with|the|labels?|annotations?|as)$/.test(text) ? 1 : 0;
}
