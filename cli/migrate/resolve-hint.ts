/** What to run when one side does not know of the other. */
export function resolveHint(side: "source" | "destination", record: string): string {
  const [here, there] =
    side === "source"
      ? ["The guest is paused here, and it is not known whether the destination runs it.", "destination"]
      : ["All of the guest is here, and it is not known whether it may run here.", "source"];
  return (
    `${here} This process keeps it and waits.\nTo find out, and to have one side run it, where both records are to be had:\n` +
    `  vmstate migrate --resolve --${side} ${record} --${there} DIR\n` +
    `or, when the ${there}'s host is gone for good:\n  vmstate migrate --resolve --${side} ${record} --other-side-is-dead\n`
  );
}
