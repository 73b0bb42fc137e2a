/** What a quiet control plane takes by itself, in milliseconds, as recordings of a real one show it. */

/** From a Job's creation to the Job controller's first look at it. */
export const FIRST_SYNC = 20;
/** From a sync being due to its start. */
export const SYNC_START = 2;
/** From a sync's start to its first pod, and from one batch of new pods to the next. */
export const FIRST_POD = 6;
export const NEXT_BATCH = 11;
/** What the two status writes of a sync take. */
export const FIRST_WRITE = 4;
export const SECOND_WRITE = 12;
/** From a pod getting its place to the begin of its startup. */
export const KUBELET_START = 20;
/** From a container's end to the pod's final phase. */
export const KUBELET_FINISH = 10;
/** From one request of a person to the next of the same moment. */
export const NEXT_ACTION = 10;
/** From a Job's deletion being asked for to its end, when its pods have finished. */
export const GARBAGE_COLLECTION = 20;

/** The Job controller's own constants, in milliseconds. */
export const SYNC_BATCH = 1000;
export const API_RETRY_BASE = 1000;
export const API_RETRY_CAP = 60_000;
/** Pods that one sync creates or deletes at most, and pods that one sync accounts for. */
export const PODS_PER_SYNC = 500;
