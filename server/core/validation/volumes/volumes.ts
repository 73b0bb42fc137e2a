import type { Volume } from '../../kubernetes/generated/types.ts';
import { dnsLabelProblems } from '../../kubernetes/names.ts';
import type { FieldPath } from '../../manifest/path.ts';
import { Report } from '../report.ts';
import { checkEmptyDir, checkHostPath, checkImage } from './node-volumes.ts';
import { checkEphemeral, checkPersistentVolumeClaim } from './claims.ts';
import { checkConfigMap, checkDownwardApi, checkSecret } from './files.ts';
import { checkIscsi, checkIscsiInitiator } from './iscsi.ts';
import * as network from './network-volumes.ts';
import { checkProjected } from './projected.ts';

type SourceField = Exclude<keyof Volume, 'name'>;
type Check<Field extends SourceField> = (source: NonNullable<Volume[Field]>, at: FieldPath, report: Report) => void;

interface Source<Field extends SourceField = SourceField> {
  readonly field: Field;
  readonly check: (volume: Volume, at: FieldPath, report: Report) => void;
  /** Where the server puts complaints about the source, and about one too many, where it misspells the field. */
  readonly path: string;
  readonly surplusPath: string;
}

function source<Field extends SourceField>(
  field: Field,
  check: Check<Field>,
  path: string = field,
  surplusPath: string = field,
): Source {
  return {
    field,
    path,
    surplusPath,
    check: (volume, at, report) => {
      const given = volume[field];
      if (given !== undefined) check(given, at, report);
    },
  };
}

/** Every kind of volume, in the order in which the server looks for them: it checks the first that is there. */
const SOURCES: readonly Source[] = [
  source('emptyDir', checkEmptyDir),
  source('hostPath', checkHostPath),
  source('gitRepo', network.checkGitRepo),
  source('gcePersistentDisk', network.checkGceDisk, 'persistentDisk'),
  source('awsElasticBlockStore', network.checkAwsDisk),
  source('secret', checkSecret),
  source('nfs', network.checkNfs),
  source('iscsi', checkIscsi),
  source('glusterfs', network.checkGlusterfs),
  source('flocker', network.checkFlocker),
  source('persistentVolumeClaim', checkPersistentVolumeClaim),
  source('rbd', network.checkRbd),
  source('cinder', network.checkCinder),
  source('cephfs', network.checkCephFs, 'cephfs', 'cephFS'),
  source('quobyte', network.checkQuobyte),
  source('downwardAPI', checkDownwardApi, 'downwardAPI', 'downwarAPI'),
  source('fc', network.checkFibreChannel),
  source('flexVolume', network.checkFlexVolume),
  source('configMap', checkConfigMap),
  source('azureFile', network.checkAzureFile),
  source('vsphereVolume', network.checkVsphere),
  source('photonPersistentDisk', network.checkPhoton),
  source('portworxVolume', network.checkPortworx),
  source('azureDisk', network.checkAzureDisk),
  source('storageos', network.checkStorageOs),
  source('projected', checkProjected),
  source('scaleIO', network.checkScaleIo),
  source('csi', network.checkCsi),
  source('ephemeral', checkEphemeral),
  source('image', checkImage),
];

/**
 * `spec.volumes` of the pod template; `at` is the list. Answers with the volumes that are in order, by name: only those
 * exist for the mounts of containers.
 */
export function checkVolumes(volumes: readonly Volume[], at: FieldPath, report: Report): ReadonlyMap<string, Volume> {
  const sound = new Map<string, Volume>();
  for (const [index, volume] of volumes.entries()) {
    const place: FieldPath = [...at, index];
    const own = new Report();
    checkSource(volume, place, own);
    const { name = '' } = volume;
    if (name === '') own.required([...place, 'name']);
    else own.names([...place, 'name'], name, dnsLabelProblems(name));
    if (sound.has(name)) own.duplicate([...place, 'name'], name);
    if (own.findings.length === 0) sound.set(name, volume);
    report.take(own);
  }
  return sound;
}

/** At most one source; none at all becomes an emptyDir. */
function checkSource(volume: Volume, at: FieldPath, report: Report): void {
  const given = SOURCES.filter(({ field }) => volume[field] !== undefined);
  for (const [order, { field, check, path, surplusPath }] of given.entries())
    if (order === 0) check(volume, [...at, path], report);
    else
      report.forbidden([...at, surplusPath], 'may not specify more than 1 volume type', {
        shownAt: [...at, field],
      });
  if (volume.iscsi !== undefined) checkIscsiInitiator(volume.iscsi, volume.name ?? '', at, report);
}
