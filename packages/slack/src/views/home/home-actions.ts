/** The action ids of what can be done on the Home tab. */
export const HOME_ACTIONS = {
  ask: 'home.ask',
  refresh: 'home.refresh',
  preferences: 'home.preferences',
  approve: 'home.approve',
  deny: 'home.deny',
  /** Opens a card in Slack; we have nothing to do then. */
  open: 'home.open',
} as const;

/** The action id, before its number, of a button that asks for something; its value is the command. */
export const HOME_COMMAND_ACTION = 'home.command';
