/** What Slack sent, without what looks like a credential, stored before it was acknowledged. */
export interface InboxDelivery {
  /** Our id, minted at receipt. */
  readonly id: string;
  /**
   * Every identity by which the same thing may come again: event id, message identity (team, channel, ts), trigger
   * id. A delivery that shares one key with a stored delivery is a duplicate.
   */
  readonly keys: readonly string[];
  /** Deliveries of one lane are handled one after another, as they came; those without a lane form one together. */
  readonly lane?: string;
  readonly transport: 'socket' | 'http';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly receivedAt: number;
}
