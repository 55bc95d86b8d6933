export type { AgentsContext } from './agents-context.ts';
export { createDesk } from './desk/desk.ts';
export { followLog } from './desk/follow-log.ts';
export { answerOverdue, handleRequest } from './desk/handle-request.ts';
export { createRunningRequests, type RunningRequests } from './desk/running-requests.ts';
export { showMessage } from './desk/show-message.ts';
export { sweepGraphs } from './desk/sweep-graphs.ts';
export type { GraphCheckpoints } from './graphs/graph-checkpoints.ts';
export { advanceScarlet, resumeScarlet } from './scarlet/advance-scarlet.ts';
