import { z } from 'zod';

/** A cluster as people see it; never its credentials. */
export const clusterSchema = z.strictObject({
  name: z.string(),
  environment: z.enum(['production', 'staging', 'development', 'demo']),
  server: z.string(),
  source: z.enum(['demo', 'kubeconfig', 'registered']),
});

export const clusterNameSchema = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9._]{0,61}[a-z0-9])?$/i,
    'must be 1 to 63 letters, digits, dots, hyphens or underscores',
  );

/** A cluster to connect. Without an environment it counts as production, the careful choice. */
export const registrationSchema = z.strictObject({
  name: clusterNameSchema,
  kubeconfig: z.string().min(1, 'must be the text of a kubeconfig file').max(400_000),
  kubeContext: z.string().min(1).max(253).optional(),
  apiServer: z.url({ protocol: /^https?$/, error: 'must be a URL such as https://10.0.0.1:6443' }).optional(),
  environment: z.enum(['production', 'staging', 'development']).default('production'),
});
