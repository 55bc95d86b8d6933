import { compareText } from '../snapshot/stable-order.ts';
import { titleOfArea } from './areas.ts';
import type { Detection } from './list-detections.ts';

/** What somebody who asked for detections is shown. */
export type DetectionChoice =
  | { readonly kind: 'one'; readonly detection: Detection }
  | { readonly kind: 'some'; readonly detections: readonly Detection[] }
  | { readonly kind: 'none'; readonly reason: 'unknown_code' | 'nothing_fits' };

const CODE = /^(?:chk-)?([a-z]+-\d+)$/;

/**
 * Finds detections by a code (with or without CHK-), by how another tool names a check, or by words that all occur in
 * what is said of a detection. Pure; case does not matter. A name of another tool that fits exactly wins over words.
 */
export function findDetections(detections: readonly Detection[], words: readonly string[]): DetectionChoice {
  const asked = words.join(' ').trim().toLowerCase();
  const code = CODE.exec(asked)?.[1];
  if (code !== undefined) {
    const detection = detections.find((each) => each.code.toLowerCase() === `chk-${code}`);
    return detection === undefined ? { kind: 'none', reason: 'unknown_code' } : { kind: 'one', detection };
  }
  const named = detections.filter(({ sources }) => sources.some((source) => source.toLowerCase() === asked));
  const parts = asked.split(/\s+/);
  const found =
    named.length > 0 ? named : detections.filter((each) => parts.every((part) => fits(each, part)));
  const [first, ...others] = found;
  if (first === undefined) return { kind: 'none', reason: 'nothing_fits' };
  return others.length === 0 ? { kind: 'one', detection: first } : { kind: 'some', detections: found };
}

function fits(detection: Detection, word: string): boolean {
  const { code, area, title, severity, reads, sources, isHygiene } = detection;
  const said = [code, title, titleOfArea(area), severity, ...reads, ...sources, isHygiene ? 'hygiene' : ''];
  return said.join('\n').toLowerCase().includes(word);
}

/** How many checks of each tool are covered, by the first word of the sources; tools in order of their names. */
export function countBySource(detections: readonly Detection[]): readonly (readonly [string, number])[] {
  const names = new Set(detections.flatMap(({ sources }) => sources));
  const tools = Map.groupBy(names, (name) => name.split(' ')[0] ?? name);
  return [...tools]
    .map(([tool, covered]) => [tool, covered.length] as const)
    .sort(([left], [right]) => compareText(left, right));
}
