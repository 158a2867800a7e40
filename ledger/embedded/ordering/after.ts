/**
 * Runs something later: at once where there is nothing to wait for, since a timer takes a millisecond at least.
 * @returns what takes it back
 */
export function after(milliseconds: number, run: () => void): () => void {
  if (milliseconds <= 0) {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
