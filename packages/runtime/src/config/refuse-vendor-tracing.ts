/** Variables by which the graph library would send what people ask and clusters hold to a service of its maker. */
const TRACING = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_TRACING_V2',
  'LANGCHAIN_VERBOSE',
] as const;

/** Switches that off for this process, whatever the environment says. Call before a graph is loaded. */
export function refuseVendorTracing(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of TRACING) delete environment[name];
}
