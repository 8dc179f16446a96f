/** How long a button says that it has copied. */
export const SHOWN_MS = 1500;

/** False when the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
