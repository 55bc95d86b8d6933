export { askAgain } from './ask-again.ts';
export { createWorker, type Worker, type WorkerOptions } from './create-worker.ts';
export { createProcessors } from './processors.ts';
