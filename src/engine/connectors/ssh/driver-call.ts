type Done<T> = (error: Error | null | undefined, value: T) => void;

/** A call of the driver as a promise. */
export function call<T = unknown>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}
