import { managedFieldsOf, writesAny } from './managed-fields.ts';
import { annotationOf, type FindManager, isRemoval, labelOf } from './manager-facts.ts';

const TRACKING_ID = 'argocd.argoproj.io/tracking-id';
const INSTANCE = 'argocd.argoproj.io/instance';
/** Argo CD's name as field manager, of its controller and of its server. */
const MANAGERS = ['argocd-controller', 'argocd-server', 'argocd-application-controller'];

/**
 * An Argo CD application that keeps the object as Git has it: by its tracking annotation or label
 * (argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking), or by its writes. It takes back what it wrote itself,
 * where it heals itself.
 */
export const findArgoCd: FindManager = (facts) => {
  const { live, ref, written } = facts;
  const trackingId = annotationOf(live, TRACKING_ID);
  const instance = labelOf(live, INSTANCE);
  const isWriter = managedFieldsOf(live).some(({ manager }) => MANAGERS.includes(manager));
  if (trackingId === undefined && instance === undefined && !isWriter) return undefined;
  const application = trackingId?.split(':')[0] ?? instance;
  const name = application === undefined ? 'Argo CD' : `Argo CD application ${application}`;
  const evidence =
    trackingId !== undefined
      ? `annotation ${TRACKING_ID}=${trackingId}`
      : instance !== undefined
        ? `label ${INSTANCE}=${instance}`
        : 'its writes in managedFields';
  return {
    kind: 'argo_cd',
    name,
    ref,
    evidence,
    // Without its name among the writers nobody can tell which fields are its own, so all of them may be.
    reverts: isRemoval(facts) || !isWriter || writesAny(MANAGERS, live, written),
    advice: `Change it in Git and let Argo CD sync; ${name}.`,
  };
};
