import type { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { SegmentBuilder } from '../core/indexing/segmentBuilder.ts';
import { batches } from './batches.ts';
import type { IndexedText } from './hiddenText.ts';

/** What learns code file by file. */
type Learner = Pick<WorkspaceModel, 'addFile'>;

/** Has all learners learn all texts. `pace` is called in between, `onRead` once for each text. */
export async function teach(
  learners: readonly Learner[],
  texts: readonly IndexedText[],
  pace: () => Promise<void>,
  onRead?: () => void,
): Promise<void> {
  for (const batch of batches(texts)) {
    const builder = new SegmentBuilder();
    for (const { path, text } of batch) {
      builder.addText(path, text, []);
      onRead?.();
      await pace();
    }
    const segment = builder.build();
    for (const file of segment.files) {
      for (const learner of learners) learner.addFile(segment, file);
      await pace();
    }
  }
}
