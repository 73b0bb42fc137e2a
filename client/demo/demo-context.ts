/** Name of the demo's context; no kubeconfig's context can be mistaken for it. */
export const DEMO_CONTEXT = 'demo, no cluster';
