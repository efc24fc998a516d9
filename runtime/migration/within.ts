import type { Clock } from "./clock.ts";

/** What the promise gives, or a failure with what `late` makes when that many ms are over before. */
export function within<T>(clock: Clock, milliseconds: number, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = clock.after(milliseconds, () => reject(late()));
    promise.then(
      (value) => {
        callOff();
        resolve(value);
      },
      (error: unknown) => {
        callOff();
        reject(error);
      },
    );
  });
}
