/** Lines of a PEM block are 64 characters long (RFC 7468), in older tools 76 (RFC 2045). */
const BODY = /(^|[\s"'|:=\]])[A-Za-z0-9+/]{60,76}={0,2}(?=["',\\}\]]{0,4}\s{0,4}$)/;
/** The last line of a block is as long as what is left. */
const LAST = /(^|[\s"'|:=\]])[A-Za-z0-9+/]{2,76}={0,2}(?=["',\\}\]]{0,4}\s{0,4}$)/;
const END = /-----END [A-Z ]{0,40}PRIVATE KEY-----/;
/** Cheap to rule out what most texts are. */
const HINT = /[A-Za-z0-9+/]{60}/;

/**
 * Hides what is left of a key whose first line is missing, because only the end of a log was read or somebody logs line
 * by line: neighbouring lines that end in a run of base64, and the line before the end mark. Idempotent.
 */
export function redactKeyBodies(text: string, mark: string): string {
  if (!HINT.test(text)) return text;
  const lines = text.split('\n');
  const isBody = lines.map(hasBody);
  const isEnd = (index: number) => END.test(lines[index] ?? '');
  return lines
    .map((line, index) => {
      const hasNeighbour = isBody[index - 1] === true || isBody[index + 1] === true || isEnd(index + 1);
      if (isBody[index] === true && hasNeighbour) return line.replace(BODY, `$1${mark}`);
      const isLast =
        isBody[index - 1] === true && (isEnd(index + 1) || /=["',\\}\]]{0,4}\s{0,4}$/.test(line));
      return isLast ? line.replace(LAST, `$1${mark}`) : line;
    })
    .join('\n');
}

/** Random base64 has all three; digests in hexadecimal and words do not. */
function hasBody(line: string): boolean {
  const run = BODY.exec(line)?.[0] ?? '';
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
}
