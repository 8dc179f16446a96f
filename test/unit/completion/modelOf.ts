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

/** The buffer after accepting what the model shows at `|`; undefined when it shows nothing. */
export function accepted(model: WorkspaceModel, path: string, marked: string): string | undefined {
  const request = at(path, marked);
  const completion = model.complete(request);
  if (completion === undefined) return undefined;
  return applyEdit(request.text, completion.edit);
}
