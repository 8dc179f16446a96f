/** How long the button says that it has copied. */
const SHOWN_MS = 1500;

/** Copies the code of the block whose copy button was pressed, and says so on the button. */
export async function copyCode(button: HTMLButtonElement): Promise<void> {
  const code = button.closest('.code')?.querySelector('code')?.textContent ?? '';
  const copied = await navigator.clipboard.writeText(code).then(
    () => true,
    () => false,
  );
  button.textContent = copied ? 'Copied' : 'Not allowed';
  button.ariaLabel = copied ? 'Code copied' : 'Copying is not allowed here';
  setTimeout(() => {
    button.textContent = 'Copy';
    button.ariaLabel = 'Copy code';
  }, SHOWN_MS);
}
