export { diagnose } from './diagnose.ts';
export { redactSecrets } from './redact/redact-secrets.ts';
