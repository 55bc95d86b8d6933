export { type Bot, type BotOptions, type ConnectedSlackConfig, createBot } from './create-bot.ts';
