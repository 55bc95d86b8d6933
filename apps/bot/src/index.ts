export { type Bot, type BotOptions, type ConnectedSlackConfig, createBot } from './create-bot.ts';
export type { PersonVerdict } from './people/identify-person.ts';
