import { OpsError } from '@jamie/core';

/** One inbox delivery on its way through the listeners. */
export interface DeliveryTicket {
  readonly id: string;
  /** It may have been handled in part before: look before you post. */
  readonly isRepeat: boolean;
  /** Set once a listener has taken it; what none takes, nothing will come of. */
  isTaken: boolean;
  /** Set once the desk finishes the delivery in a commit of its own. */
  isHandedOver: boolean;
}

const KEY = 'ticket';

/** What processEvent takes as custom properties. */
export function ticketProperties(ticket: DeliveryTicket): Record<string, unknown> {
  return { [KEY]: ticket };
}

/** The ticket of the delivery that a listener handles, which thereby is taken. */
export function ticketOf(context: Readonly<Record<string, unknown>>): DeliveryTicket {
  const ticket = context[KEY];
  if (ticket === undefined) throw new OpsError('internal', 'a listener ran without a delivery');
  const taken = ticket as DeliveryTicket;
  taken.isTaken = true;
  return taken;
}
