// Starts other programs, always as an argument list and never through a shell.
import { spawn } from 'node:child_process';

/** Ctrl-C reaches the child too; we wait for it to tidy up and end. */
function ignoreInterrupt() {}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, quiet?: boolean }} [options] capture: return
 *   what it printed instead of passing it on
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program could not be started
 */
export function run(program, args, options = {}) {
  const { cwd, env, capture = false } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += String(chunk)));
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward).on('SIGHUP', forward).on('SIGINT', ignoreInterrupt);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) => {
      process.off('SIGTERM', forward).off('SIGHUP', forward).off('SIGINT', ignoreInterrupt);
      resolve({ code: code ?? (signal === null ? 0 : 1), output });
    });
  });
}

/** The npm that belongs to a Node: its script is run by Node itself, so that it works without a shell on Windows too. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script !== undefined && script.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
}

/** Runs npm with these arguments; see `run`. */
export function npm(args, options) {
  const [program, before] = npmCommand();
  return run(program, [...before, ...args], options);
}
