/** Runs `main` as this process: what it returns is the exit status, and what it throws is said in a line (status 2). */
export async function runProgram(main: () => Promise<number>): Promise<void> {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  });
}
