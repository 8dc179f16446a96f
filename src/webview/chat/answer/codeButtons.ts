import { copyText, SHOWN_MS } from './copyText.ts';

/** The code of the block that a button belongs to. */
export function codeOf(button: HTMLButtonElement): string {
  return button.closest('.code')?.querySelector('code')?.textContent ?? '';
}

/** Copies the code of the block whose copy button was pressed, and says so on the button. */
export async function copyCode(button: HTMLButtonElement): Promise<boolean> {
  const isCopied = await copyText(codeOf(button));
  button.textContent = isCopied ? 'Copied' : 'Not allowed';
  button.ariaLabel = isCopied ? 'Code copied' : 'Copying is not allowed here';
  setTimeout(() => {
    button.textContent = 'Copy';
    button.ariaLabel = 'Copy code';
  }, SHOWN_MS);
  return isCopied;
}
