import type {
  CloseAction,
  CloseHandlerResult,
  ErrorAction,
  ErrorHandler,
  ErrorHandlerResult,
} from 'vscode-languageclient';

/** So often within that time, and something is wrong that a start does not mend. */
const MOST_STOPS = 4;
const WITHIN_MILLISECONDS = 180_000;

/** The client's own words, which are in a module that is only loaded when it is needed. */
export interface Actions {
  readonly CloseAction: typeof CloseAction;
  readonly ErrorAction: typeof ErrorAction;
}

/** Starts the server again when it has stopped; when that happens too often, it says so once and lets it be. */
export function crashHandler(actions: Actions, giveUp: () => void, now: () => number = Date.now): ErrorHandler {
  let stops: number[] = [];
  return {
    error: (): ErrorHandlerResult => ({ action: actions.ErrorAction.Continue, handled: true }),
    closed: (): CloseHandlerResult => {
      stops = [...stops.filter((time) => now() - time < WITHIN_MILLISECONDS), now()];
      if (stops.length < MOST_STOPS) return { action: actions.CloseAction.Restart, handled: true };
      stops = [];
      giveUp();
      return { action: actions.CloseAction.DoNotRestart, handled: true };
    },
  };
}
