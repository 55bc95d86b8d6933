import { z } from 'zod';

export const peopleVariables = z.object({
  PRINCIPALS_FILE: z
    .string()
    .optional()
    .describe(
      'YAML file that maps people in Slack to Kubernetes users and groups. Default: none; only the person at this machine is known.',
    ),
  POLICY_FILE: z
    .string()
    .optional()
    .describe(
      'YAML file with the rules of the team, on top of what is built in (docs/policy.md). Default: none.',
    ),
  OWN_NAMESPACE: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a Kubernetes namespace name')
    .optional()
    .describe('Namespace in which we run ourselves, if we run in a cluster; nothing in it is ever changed.'),
});
