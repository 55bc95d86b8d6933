/**
 * Edits (insert, delete, replace, swap neighbours) that turn one word into the other: optimal string alignment.
 * Stops counting above `atMost` and then returns `atMost + 1`.
 */
export function editDistance(left: string, right: string, atMost: number): number {
  if (Math.abs(left.length - right.length) > atMost) return atMost + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      current.push(cellOf(left, right, row, column, { current, last, beforeLast }));
    }
    if (Math.min(...current) > atMost) return atMost + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[right.length] ?? atMost + 1, atMost + 1);
}

interface Rows {
  readonly current: readonly number[];
  readonly last: readonly number[];
  readonly beforeLast: readonly number[];
}

function cellOf(left: string, right: string, row: number, column: number, rows: Rows): number {
  const isSame = left[row - 1] === right[column - 1];
  const best = Math.min(
    at(rows.last, column) + 1,
    at(rows.current, column - 1) + 1,
    at(rows.last, column - 1) + (isSame ? 0 : 1),
  );
  const isSwap =
    row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
  return isSwap ? Math.min(best, at(rows.beforeLast, column - 2) + 1) : best;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
