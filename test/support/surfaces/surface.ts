/** A place where a person types a command and reads its answer. */
export interface Surface {
  readonly name: 'Slack' | 'API' | 'terminal' | 'page';
  /** Types a command as it stands after /jamie, and gives back everything that the answer shows, cards included. */
  ask(command: string): Promise<string>;
  close(): Promise<void>;
}
