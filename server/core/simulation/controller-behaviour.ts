/** How the Job controller of one Kubernetes version differs from that of another. */
export interface ControllerBehaviour {
  /**
   * An interim condition (FailureTarget, SuccessCriteriaMet) comes first, and the final one waits for terminating pods;
   * Complete has the reason CompletionsReached.
   */
  readonly interimConditions: boolean;
  /** A suspended Job loses its startTime. */
  readonly clearsStartTime: boolean;
  /** How long a node may be silent before it counts as unreachable (node-monitor-grace-period), in seconds. */
  readonly nodeGraceSeconds: number;
}

/** The newest Kubernetes that the simulator knows, and the one it takes where none is chosen. */
export const NEWEST_MINOR = 37;

/** The oldest whose differences are known here. */
export const OLDEST_MINOR = 29;

/** The behaviour of Kubernetes 1.`minor`. */
export function controllerBehaviour(minor: number = NEWEST_MINOR): ControllerBehaviour {
  return { interimConditions: minor >= 31, clearsStartTime: minor >= 36, nodeGraceSeconds: minor >= 32 ? 50 : 40 };
}
