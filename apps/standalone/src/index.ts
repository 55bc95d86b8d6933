export {
  createStandalone,
  type PortWrappers,
  type Standalone,
  type StandaloneOptions,
} from './create-standalone.ts';
