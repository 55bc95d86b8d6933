import { annotationOf, type FindManager, labelOf } from './manager-facts.ts';

const MANAGED_BY = 'app.kubernetes.io/managed-by';
const RELEASE = 'meta.helm.sh/release-name';
const RELEASE_NAMESPACE = 'meta.helm.sh/release-namespace';

/**
 * A Helm release that installed the object. Helm acts only when somebody runs it: nothing is taken back by itself, but
 * the next upgrade may.
 */
export const findHelm: FindManager = ({ live, ref }) => {
  const release = annotationOf(live, RELEASE);
  if (release === undefined || labelOf(live, MANAGED_BY) !== 'Helm') return undefined;
  const namespace = annotationOf(live, RELEASE_NAMESPACE) ?? ref.namespace ?? '';
  const name = `Helm release ${namespace === '' ? '' : `${namespace}/`}${release}`;
  return {
    kind: 'helm',
    name,
    ref,
    evidence: `annotation ${RELEASE}=${release}`,
    reverts: false,
    advice: `Change the values of ${name} too, or the next helm upgrade may take this back.`,
  };
};
