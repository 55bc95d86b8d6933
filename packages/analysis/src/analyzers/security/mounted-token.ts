import { defineTemplateLint } from '../template/template-lint.ts';
import { serviceAccountOf } from './service-account-of.ts';

/** CHK-SEC-802: whoever takes over the program holds a key to the API server. */
export const mountedToken = defineTemplateLint({
  code: 'CHK-SEC-802',
  title: 'pod template that mounts a token for the API server',
  sources: ['popeye 301'],
  reads: ['ServiceAccount'],
  consequence: 'whoever gets into the program can speak to the API server with its rights',
  remedy: {
    label: 'Mount no token where none is needed',
    advice:
      'Set automountServiceAccountToken to false in the pod template, unless the program asks the API server itself.',
  },
  find: (template, index) => {
    const { mountsToken } = template.spec;
    if (mountsToken === false) return undefined;
    const account = serviceAccountOf(index, template);
    // The template decides before its account; an account that is missing is told of by CHK-SEC-805.
    if (mountsToken === undefined && (account === undefined || account.mountsToken === false))
      return undefined;
    const problem = `mounts a token of ServiceAccount ${template.spec.serviceAccount}`;
    const says = mountsToken === undefined ? 'not set, which means true' : 'true';
    return { field: 'automountServiceAccountToken', says, problem };
  },
});
