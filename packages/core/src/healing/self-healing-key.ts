/** The key of the local conversation in which self-healing speaks where no channel is named. */
export const SELF_HEALING_KEY = 'self-healing';
