/** What a process does to itself when it reaches a boundary: die at once, or stop as if the machine had frozen it. */
type FaultAction = 'kill' | 'stop';

/** The boundaries, as `name#occurrence`, at which a process ends or stops; only the first one reached counts. Orders of one boundary are carried out in their order. */
export interface DeathOrder {
  readonly at: readonly string[];
  readonly action: FaultAction;
}

/** How orders and the place of the boundary log travel to the process. */
export const ORDER_VARIABLE = 'FAULT_ORDER';
export const LOG_VARIABLE = 'FAULT_LOG';

/** `commit:plan.approved:after#2`: the second time that this process passed it. */
export function boundaryId(name: string, occurrence: number): string {
  return `${name}#${occurrence}`;
}

export function boundaryNameOf(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}
