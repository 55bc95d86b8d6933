import type { OperationRequest } from './operation-request.ts';

type Target = Exclude<OperationRequest, { kind: 'undo' }>['target'];

const SHORT_KIND = { Deployment: 'deploy', StatefulSet: 'sts', DaemonSet: 'ds' } as const;

/** The command that asks for this operation, exactly as a person would type it after /jamie. */
export function formatCommand(operation: OperationRequest): string {
  switch (operation.kind) {
    case 'scale':
      return `scale ${workload(operation.target)} ${operation.replicas} -n ${operation.target.namespace}`;
    case 'restart':
      return `restart ${workload(operation.target)} -n ${operation.target.namespace}`;
    case 'rollback': {
      const revision = operation.toRevision === undefined ? '' : ` --to ${operation.toRevision}`;
      return `rollback ${workload(operation.target)}${revision} -n ${operation.target.namespace}`;
    }
    case 'undo':
      return `undo ${operation.planId}`;
  }
}

function workload(target: Target): string {
  return `${SHORT_KIND[target.kind]}/${target.name}`;
}
