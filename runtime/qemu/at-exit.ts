// What must not outlive this process is undone when it ends, by itself or by a signal that can be caught. Nothing is listened to while
// there is nothing to undo, so that a program without QEMU keeps its own way to die.

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const undoings = new Set<() => void>();

/** Has `undo` called at the end of this process, synchronously, unless the function that it gives is called before. */
export function atExit(undo: () => void): () => void {
  if (undoings.size === 0) {
    process.on("exit", undoAll);
    for (const signal of SIGNALS) process.on(signal, undoAndDie);
  }
  undoings.add(undo);
  return () => {
    undoings.delete(undo);
    if (undoings.size === 0) stopListening();
  };
}

function undoAll(): void {
  for (const undo of undoings) undo();
  undoings.clear();
}

function undoAndDie(signal: NodeJS.Signals): void {
  undoAll();
  stopListening();
  // The signal's own effect, which our listening held off; whoever else listens decides for itself.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function stopListening(): void {
  process.off("exit", undoAll);
  for (const signal of SIGNALS) process.off(signal, undoAndDie);
}
