import { defineTemplateLint } from '../template/template-lint.ts';

/** CHK-SEC-809: it sees and may signal the processes of its node. */
export const hostProcesses = defineTemplateLint({
  code: 'CHK-SEC-809',
  title: 'pod template that shares the processes of its node',
  consequence:
    'it sees every process of the node with its arguments and environment, and may signal or read them',
  remedy: {
    label: 'Give it processes of its own',
    advice: 'Take hostPID and hostIPC out of the pod template, unless the program watches the node itself.',
  },
  find: ({ spec }) => {
    const shared = [...(spec.hostPid ? ['hostPID'] : []), ...(spec.hostIpc ? ['hostIPC'] : [])];
    return shared.length === 0
      ? undefined
      : {
          field: shared.join(', '),
          says: 'true',
          problem: `shares ${spec.hostPid ? 'the processes' : 'the memory segments'} of its node`,
        };
  },
});
