/**
 * Starts a control plane by hand and holds it until its standard input closes or it is interrupted:
 * `node test/control-plane/start.entry.ts`. Prints one line of JSON with the kubeconfigs and process ids.
 */
import { startControlPlane } from './control-plane.ts';

const controlPlane = await startControlPlane();
const programs = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'] as const;
const { url, kubeconfigPath, adminKubeconfigPath } = controlPlane;
const pids = programs.map((program) => controlPlane.pid(program));
process.stdout.write(`${JSON.stringify({ url, kubeconfigPath, adminKubeconfigPath, pids })}\n`);
process.stdin.resume();
await new Promise((resolve) => {
  process.stdin.once('end', resolve);
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});
await controlPlane.stop();
