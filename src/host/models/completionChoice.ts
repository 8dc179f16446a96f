import { type ModelAccess, modelId } from '../../core/models/modelChoice.ts';
import type { Disposable } from '../editor/disposableStore.ts';
import { agreementTo, connectionKey, hostOf, isNear } from './agreement.ts';
import type { ResolvedModel } from './modelStatus.ts';

export interface CompletionChoiceOptions {
  /** The model that the settings name, with its key. */
  readonly resolve: () => Promise<ResolvedModel>;
  /** Calls its listener when that may have changed. */
  readonly onChange: (listener: () => void) => Disposable;
  /** What was agreed to in this workspace. */
  readonly agreed: { get(): string | undefined; set(value: string): Thenable<void> };
  /** Asks whether code may be sent to a model at a host while somebody types. */
  readonly ask: (offer: { readonly model: string; readonly host: string }) => Promise<boolean>;
  /** Completes with this model from now on; with none, only the workspace itself does. */
  readonly use: (model: ModelAccess | undefined) => void;
}

/**
 * Decides whether a provider's model completes code. Code goes to another machine only when somebody has agreed to that for
 * this workspace and address; until then, and after a no, the workspace model completes alone. A no holds until the model or
 * its address changes, or the window is opened anew.
 */
export class CompletionChoice {
  readonly #options: CompletionChoiceOptions;
  readonly #subscription: Disposable;
  #declined: string | undefined;
  #asking: string | undefined;
  #used = '';
  #updates = 0;

  constructor(options: CompletionChoiceOptions) {
    this.#options = options;
    this.#subscription = options.onChange(() => {
      void this.update();
    });
  }

  /** Looks at the settings again. Never rejects. */
  async update(): Promise<void> {
    const update = ++this.#updates;
    // Without its settings and keys no model is to be had.
    const access = await this.#options.resolve().then(
      (resolved) => resolved.access,
      () => undefined,
    );
    if (update !== this.#updates) return;
    const isAgreed = access !== undefined && this.#isAgreed(access);
    this.#use(isAgreed ? access : undefined);
    if (access && !isAgreed) await this.#ask(access);
  }

  dispose(): void {
    this.#updates++;
    this.#subscription.dispose();
  }

  #use(access: ModelAccess | undefined): void {
    const key = access ? connectionKey(access) : '';
    if (key === this.#used) return;
    this.#used = key;
    this.#options.use(access);
  }

  async #ask(access: ModelAccess): Promise<void> {
    const wanted = agreementTo(access);
    if (this.#declined === wanted || this.#asking === wanted) return;
    this.#asking = wanted;
    const isAgreed = await this.#options.ask({ model: modelId(access), host: hostOf(access) });
    this.#asking = undefined;
    if (!isAgreed) {
      this.#declined = wanted;
      return;
    }
    await this.#options.agreed.set(wanted);
    await this.update();
  }

  #isAgreed(access: ModelAccess): boolean {
    return isNear(access) || this.#options.agreed.get() === agreementTo(access);
  }
}
