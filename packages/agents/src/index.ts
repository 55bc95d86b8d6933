export type { AgentsContext } from './agents-context.ts';
export { createDesk } from './desk/desk.ts';
export { followLog } from './desk/follow-log.ts';
export { answerOverdue, handleRequest } from './desk/handle-request.ts';
export { showMessage } from './desk/show-message.ts';
