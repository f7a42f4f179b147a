/** Runs work and hears what came up where nobody could catch it: each of these would have ended the host's process. */
export async function hearing<R>(
  work: () => Promise<R>,
): Promise<{ readonly result: R; readonly heard: readonly string[] }> {
  const heard: string[] = [];
  const hear = (thrown: unknown) => void heard.push(String(thrown));
  process.on("uncaughtException", hear);
  process.on("unhandledRejection", hear);
  try {
    return { result: await work(), heard };
  } finally {
    process.off("uncaughtException", hear);
    process.off("unhandledRejection", hear);
  }
}

/** As one thing that is broken, however often. */
export const uncaught = (heard: readonly string[]): readonly string[] =>
  heard.length === 0 ? [] : [`${heard.length} errors came up where no host can catch them, the first: ${heard[0]}`];
