/** Every id that the manifest and the code share. A test compares them with package.json. */

/** Commands in the palette. */
export const commands = {
  openChat: 'touchstone.openChat',
  reindex: 'touchstone.reindex',
  clearIndex: 'touchstone.clearIndex',
  pauseIndexing: 'touchstone.pauseIndexing',
  resumeIndexing: 'touchstone.resumeIndexing',
  cancelIndexing: 'touchstone.cancelIndexing',
  showIndexStatus: 'touchstone.showIndexStatus',
  showFeedback: 'touchstone.showFeedback',
  exportFeedback: 'touchstone.exportFeedback',
  deleteFeedback: 'touchstone.deleteFeedback',
  setKey: 'touchstone.setKey',
  clearKey: 'touchstone.clearKey',
  testKey: 'touchstone.testKey',
  evaluate: 'touchstone.evaluate',
  evaluateInFull: 'touchstone.evaluateInFull',
  compareEvaluation: 'touchstone.compareEvaluation',
  openEvaluation: 'touchstone.openEvaluation',
  saveEvaluation: 'touchstone.saveEvaluation',
  explainSearch: 'touchstone.explainSearch',
  showLog: 'touchstone.showLog',
} as const;

/** Commands that the code runs itself; not in the manifest, so the palette does not offer them. */
export const internalCommands = {
  /** Attached to every inline suggestion; the argument is the suggestion's id. */
  accepted: 'touchstone.internal.accepted',
  /** The status item was clicked. */
  showMenu: 'touchstone.internal.showMenu',
  /** A place in the report of an evaluation was clicked; the arguments say which. */
  openEvaluatedPlace: 'touchstone.internal.openEvaluatedPlace',
} as const;

export const contextKeys = {
  /** A folder is open and the engine answers. */
  ready: 'touchstone.ready',
  /** Files are being looked for or indexed. */
  indexing: 'touchstone.indexing',
  /** Indexing is paused, or was cancelled. */
  paused: 'touchstone.paused',
  /** An evaluation is running. */
  evaluating: 'touchstone.evaluating',
  /** There is a report of an evaluation. */
  evaluated: 'touchstone.evaluated',
} as const;

export const views = { chat: 'touchstone.chat' } as const;

/** Pages in the editor area that the manifest adds buttons to. */
export const panels = { evaluation: 'touchstone.evaluationReport' } as const;

export const settings = {
  completionsEnabled: 'touchstone.completions.enabled',
  signalsEnabled: 'touchstone.signals.enabled',
  maxFileKilobytes: 'touchstone.index.maxFileKilobytes',
  chatModel: 'touchstone.models.chat',
  completionModel: 'touchstone.models.completion',
  rankingModel: 'touchstone.models.ranking',
  embeddingModel: 'touchstone.models.embedding',
  modelEndpoints: 'touchstone.models.endpoints',
  plainHttpHosts: 'touchstone.models.plainHttpHosts',
  modelHeaders: 'touchstone.models.headers',
} as const;
