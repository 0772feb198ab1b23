const listeners = new Set<() => void>();

/** Calls `listener` whenever the engine says that nobody is signed in. Gives a function that ends it. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function announceSignedOut(): void {
  listeners.forEach((listener) => listener());
}
