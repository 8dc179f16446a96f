/**
 * The one way to say something to the user beside the views: what is said is made inert, whoever wrote it. The linter
 * allows these functions of `vscode` nowhere else.
 */
import {
  type CancellationToken,
  type InputBoxOptions,
  ProgressLocation,
  type QuickPickItem,
  QuickPickItemKind,
  window,
} from 'vscode';
import { inertLabel, inertMessage } from './inertText.ts';

/** Shows a message; resolves to the button that was pressed. Buttons are words of our own. */
export async function inform(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return window.showInformationMessage(inertMessage(message), ...buttons);
}

export async function warn(message: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return window.showWarningMessage(inertMessage(message), ...buttons);
}

export async function reportError(
  message: string,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  return window.showErrorMessage(inertMessage(message), ...buttons);
}

/** Asks in a dialog, with paragraphs that say what would happen; true when `button` was pressed. */
export async function confirm(
  question: string,
  paragraphs: readonly string[],
  button: string,
): Promise<boolean> {
  return (await choose(question, paragraphs, [button])) === button;
}

/** Asks in a dialog which of several things to do; `undefined` when it was none of them. */
export async function choose(
  question: string,
  paragraphs: readonly string[],
  buttons: readonly string[],
): Promise<string | undefined> {
  const options = { modal: true, detail: paragraphs.map(inertMessage).join('\n\n') };
  // eslint-disable-next-line bounded/spread -- words of our own
  return window.showWarningMessage(inertMessage(question), options, ...buttons);
}

export interface ProgressStep {
  readonly message: string;
  /** In percent of the whole, on top of what was reported before. */
  readonly increment: number;
}

/** Shows a notification for as long as `run` takes. */
export async function withProgress<T>(
  { title, cancellable = false }: { readonly title: string; readonly cancellable?: boolean },
  run: (report: (step: ProgressStep) => void, token: CancellationToken) => Promise<T>,
): Promise<T> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: inertMessage(title), cancellable },
    (progress, token) =>
      run(({ message, increment }) => {
        progress.report({ message: inertMessage(message), increment });
      }, token),
  );
}

/** An entry of a list to choose from. */
export interface Pickable {
  readonly label: string;
  /** Name of an icon of the editor, shown before the label. */
  readonly icon?: string;
  readonly description?: string | undefined;
  readonly detail?: string;
  /** A heading, which cannot be chosen. */
  readonly isHeading?: boolean;
}

/** Lets the user choose one of a list. */
export async function pick<T extends Pickable>(
  items: readonly T[],
  { title, placeHolder }: { readonly title: string; readonly placeHolder: string },
): Promise<T | undefined> {
  const choice = await window.showQuickPick(items.map(toQuickPickItem), {
    title: inertMessage(title),
    placeHolder: inertMessage(placeHolder),
  });
  return choice?.item;
}

function toQuickPickItem<T extends Pickable>(item: T): QuickPickItem & { readonly item: T } {
  const { icon, description, detail, isHeading = false } = item;
  const label = inertLabel(item.label);
  return {
    item,
    label: icon === undefined ? label : `$(${icon}) ${label}`,
    ...(description !== undefined && { description: inertLabel(description) }),
    ...(detail !== undefined && { detail: inertLabel(detail) }),
    ...(isHeading && { kind: QuickPickItemKind.Separator }),
  };
}

/** Asks for a line of text. */
export async function askForText({
  title,
  prompt,
  ...options
}: Pick<InputBoxOptions, 'value' | 'password' | 'ignoreFocusOut' | 'validateInput'> & {
  readonly title: string;
  readonly prompt: string;
}): Promise<string | undefined> {
  return window.showInputBox({ ...options, title: inertMessage(title), prompt: inertMessage(prompt) });
}
