/** What the areas in the codes stand for. A code with any other area is refused by a test. */
export const AREA_TITLES: Readonly<Record<string, string>> = {
  POD: 'Pods',
  CON: 'Container hygiene',
  SVC: 'Services',
  WKL: 'Workloads and rollouts',
  ADM: 'Admission',
  NODE: 'Nodes',
  JOB: 'Jobs and CronJobs',
  NET: 'NetworkPolicies',
  ING: 'Ingresses',
  STO: 'Storage',
  HPA: 'Autoscaling',
  PDB: 'Disruption budgets',
  CFG: 'Configuration',
  SEC: 'Security',
  API: 'APIs',
  NSP: 'Namespaces',
};

/** The area in a code: `POD` of `CHK-POD-101`. */
export function areaOf(code: string): string {
  return code.split('-')[1] ?? '';
}

/** What an area is called; the area itself where it has no title. */
export function titleOfArea(area: string): string {
  return AREA_TITLES[area] ?? area;
}
