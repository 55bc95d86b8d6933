/** Runs what it is given one after the other, in the order of asking, each whatever became of those before. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** A line of its own: those who ask in one process need not meet in the database. */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => 'who asked is told');
    return turn;
  };
}
