export type { ApiOptions, ClusterRegistration, ClusterRegistry } from './api-options.ts';
export { type Api, createApi, type RunningApi } from './create-api.ts';
export { HTTP_STATUS } from './http-status.ts';
