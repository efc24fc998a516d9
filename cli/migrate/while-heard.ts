/** Calls for each of these signals while the work lasts; without that, most of them end a process at once. */
export async function whileHeard<T>(calls: Readonly<Partial<Record<NodeJS.Signals, () => void>>>, work: Promise<T>): Promise<T> {
  const each = Object.entries(calls) as [NodeJS.Signals, () => void][];
  for (const [signal, call] of each) process.on(signal, call);
  try {
    return await work;
  } finally {
    for (const [signal, call] of each) process.off(signal, call);
  }
}
