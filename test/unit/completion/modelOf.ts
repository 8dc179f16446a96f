import type { CompletionRequest } from '../../../src/core/ports/completionSource.ts';
import { applyEdit } from '../../../src/core/text/textEdit.ts';
import { WorkspaceModel } from '../../../src/core/completion/workspaceModel.ts';
import { segmentOf } from '../../support/segmentOf.ts';

/** A model of the given files (path → text) that shows everything it thinks of, unless told otherwise. */
export function modelOf(files: Readonly<Record<string, string>>, threshold = 0): WorkspaceModel {
  const model = new WorkspaceModel({ threshold });
  const segment = segmentOf(files);
  for (const file of segment.files) model.addFile(segment, file);
  return model;
}

/** A request for the place of `|` in `marked`. */
export function at(path: string, marked: string): CompletionRequest {
  const offset = marked.indexOf('|');
  return { path, text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** The buffer with the most probable whole line in place of what stands at `|`; undefined when there is none. */
export function accepted(model: WorkspaceModel, path: string, marked: string): string | undefined {
  const request = at(path, marked);
  const [line] = model.rate(request);
  return line && applyEdit(request.text, { changes: [line] });
}

/** The buffer after accepting the part that the model shows at `|`; undefined when it shows nothing. */
export function shown(model: WorkspaceModel, path: string, marked: string): string | undefined {
  const request = at(path, marked);
  const completion = model.complete(request);
  return completion && applyEdit(request.text, completion.edit);
}
