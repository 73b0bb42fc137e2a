/**
 * The only door to `@kubernetes/client-node`. Import this file dynamically, at first use: it costs half a second.
 *
 * It is used for YAML, TLS options, proxies and the older auth providers. Lists, watches and models are ours.
 */
export { KubeConfig, loadYaml } from '@kubernetes/client-node';
