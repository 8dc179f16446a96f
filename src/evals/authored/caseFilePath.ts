/** Whether people write evaluation cases in a file of this name. */
export function isCaseFile(path: string): boolean {
  return /\.eval\.ya?ml$/i.test(path);
}
