import type { Fault } from '../analyzers/fault.ts';

const CODES: ReadonlySet<string> = new Set(['CHK-SVC-201', 'CHK-SVC-202', 'CHK-NET-951']);

/** Whether a fault says that nothing answers behind the Service that it is about. */
export function losesService(fault: Fault): boolean {
  return CODES.has(fault.code);
}
