import { holdsField, managedFieldsOf } from './managed-fields.ts';
import type { FindManager } from './manager-facts.ts';

/** Our own name as field manager, as the writer sends it. */
export const OUR_FIELD_MANAGER = 'jamie-scarlet';
/** Writers that are people at a tool, and controllers that write what they are told; none of them takes anything back. */
const NOT_A_KEEPER =
  /^(kubectl(-.*)?|kube-controller-manager|kube-apiserver|kube-scheduler|kubelet|Mozilla|node-fetch|OpenAPI-Generator|curl|unknown|helm|before-first-apply)$/i;
/** Those that another file names, in words of their own. */
const KNOWN = /^(argocd-.*|kustomize-controller|helm-controller)$/;

/** Another manager that applied the very field that is written, as managedFields say. Whether it comes back nobody knows. */
export const findFieldOwner: FindManager = ({ live, ref, written }) => {
  for (const { manager, operation, subresource, fields } of managedFieldsOf(live)) {
    if (
      subresource !== '' ||
      manager === OUR_FIELD_MANAGER ||
      NOT_A_KEEPER.test(manager) ||
      KNOWN.test(manager)
    )
      continue;
    const pointer = written.find((each) => holdsField(fields, each, live));
    if (pointer === undefined) continue;
    const field = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/');
    return {
      kind: 'field_manager',
      name: `field manager ${manager}`,
      ref,
      evidence: `managedFields: ${manager} (${operation}) set ${field}`,
      reverts: false,
      advice: `Change ${field} where ${manager} gets it from, or it may be set back.`,
    };
  }
  return undefined;
};
