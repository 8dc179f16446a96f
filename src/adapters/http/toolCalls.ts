import type { ToolCallPart } from '../../core/ports/models.ts';
import { tryJson } from '../../core/shared/json.ts';
import type { StopReason } from '../../core/shared/provenance.ts';

interface OpenCall {
  id: string;
  name: string;
  json: string;
}

interface CallPiece {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly json?: string | null | undefined;
}

/** Puts the calls of one answer together, whose inputs arrive as pieces of JSON. */
export class ToolCalls {
  readonly #calls = new Map<number, OpenCall>();

  /** A piece of the call at this place of the answer. Id and name come with its first piece. */
  add(index: number, piece: CallPiece): void {
    const call = this.#calls.get(index) ?? { id: '', name: '', json: '' };
    this.#calls.set(index, call);
    call.id ||= piece.id ?? '';
    call.name ||= piece.name ?? '';
    call.json += piece.json ?? '';
  }

  /**
   * The calls, in order, once the answer has ended. One that the limit of tokens cut off is left out. Throws a
   * `SyntaxError` for input that is no JSON.
   */
  finish(stopReason: StopReason): readonly ToolCallPart[] {
    const calls = [...this.#calls].sort(([a], [b]) => a - b).map(([, call]) => call);
    this.#calls.clear();
    return calls.flatMap(({ id, name, json }): readonly ToolCallPart[] => {
      if (stopReason === 'length' && tryJson(json) === undefined) return [];
      return [{ type: 'tool-call', id, name, input: json.trim() === '' ? {} : JSON.parse(json) }];
    });
  }
}
