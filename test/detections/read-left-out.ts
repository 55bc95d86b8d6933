import type { LeftOut } from './count-coverage.ts';

const LINE = /^- ([^:]+): (\S.*)$/;

/** Reads the lines `- popeye 109: reason` of docs/detections-left-out.md. Throws on a line of the list without a reason. */
export function readLeftOut(text: string): readonly LeftOut[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => {
      const [, check, reason] = LINE.exec(line) ?? [];
      if (check === undefined || reason === undefined)
        throw new Error(`"${line}" is not "- check: reason" in docs/detections-left-out.md`);
      return { check: check.replaceAll('`', ''), reason };
    });
}
