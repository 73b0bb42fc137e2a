/** Who the test control plane knows, and what each may do. */
import { resourcePath, type Api } from './api.ts';

/**
 * Users that the test control plane knows by token:
 * - `admin` may do everything (group system:masters);
 * - `job-reader` may only `get` Jobs by name, in every namespace;
 * - `team-a` may do everything with Jobs, pods and events in the namespace `team-a`, and nothing elsewhere;
 * - `stranger` may do nothing.
 */
export type User = 'admin' | 'job-reader' | 'team-a' | 'stranger';

function withName(name: string, group: string): object {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: group, metadata: { name } };
}

/** Roles and bindings of the users who are not the administrator. */
export async function grantRights(api: Api): Promise<void> {
  const role = (name: string, kind: string): object => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });
  const team = 'team-a';
  await api.create(resourcePath('namespaces'), { metadata: { name: team } });
  await api.create(resourcePath('clusterroles'), {
    ...withName('jobwright-job-reader', 'ClusterRole'),
    rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['get'] }],
  });
  await api.create(resourcePath('clusterrolebindings'), {
    ...withName('jobwright-job-reader', 'ClusterRoleBinding'),
    subjects: [{ kind: 'User', name: 'job-reader', apiGroup: 'rbac.authorization.k8s.io' }],
    roleRef: role('jobwright-job-reader', 'ClusterRole'),
  });
  await api.create(resourcePath('roles', team), {
    ...withName(team, 'Role'),
    rules: [
      { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: ['*'] },
      { apiGroups: [''], resources: ['pods', 'pods/log', 'events'], verbs: ['*'] },
    ],
  });
  await api.create(resourcePath('rolebindings', team), {
    ...withName(team, 'RoleBinding'),
    subjects: [{ kind: 'User', name: team, apiGroup: 'rbac.authorization.k8s.io' }],
    roleRef: role(team, 'Role'),
  });
}
