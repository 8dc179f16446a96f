/** The marks with which a model was trained to fill in the middle. */
export interface FimMarks {
  /** Written before, between and after the two texts, in this order. */
  readonly before: string;
  readonly between: string;
  readonly after: string;
  /** True when the suffix comes first. */
  readonly suffixFirst?: true;
  /** Begins another file of the repository: mark, path, line break, text. Absent when the model knows no such thing. */
  readonly file?: string;
  /** Ends the text, should the model go on. */
  readonly stops: readonly string[];
}

const QWEN: FimMarks = {
  before: '<|fim_prefix|>',
  between: '<|fim_suffix|>',
  after: '<|fim_middle|>',
  file: '<|file_sep|>',
  stops: [
    '<|endoftext|>',
    '<|fim_prefix|>',
    '<|fim_suffix|>',
    '<|fim_middle|>',
    '<|file_sep|>',
    '<|repo_name|>',
  ],
};

const STARCODER: FimMarks = {
  before: '<fim_prefix>',
  between: '<fim_suffix>',
  after: '<fim_middle>',
  stops: ['<|endoftext|>', '<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<file_sep>'],
};

/** From the models' own cards. The first pattern that fits a model's name counts. */
const MARKS: readonly (readonly [RegExp, FimMarks])[] = [
  [/qwen.{0,40}coder/, QWEN],
  [/starcoder2/, { ...STARCODER, file: '<file_sep>' }],
  [/starcoder|granite.{0,40}code|stable-?code/, STARCODER],
  [/codegemma/, { ...QWEN, file: '<|file_separator|>', stops: [...QWEN.stops, '<|file_separator|>'] }],
  [
    /deepseek.{0,40}coder/,
    {
      before: '<｜fim▁begin｜>',
      between: '<｜fim▁hole｜>',
      after: '<｜fim▁end｜>',
      stops: ['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>', '<｜end▁of▁sentence｜>'],
    },
  ],
  [
    /code-?llama/,
    { before: '<PRE> ', between: ' <SUF>', after: ' <MID>', stops: ['<PRE>', '<SUF>', '<MID>', '<EOT>'] },
  ],
  [
    /codestral/,
    {
      before: '[SUFFIX]',
      between: '[PREFIX]',
      after: '',
      suffixFirst: true,
      stops: ['[SUFFIX]', '[PREFIX]', '[MIDDLE]'],
    },
  ],
  [
    /seed-?coder/,
    {
      before: '<[fim-prefix]>',
      between: '<[fim-suffix]>',
      after: '<[fim-middle]>',
      stops: ['<[fim-prefix]>', '<[fim-suffix]>', '<[fim-middle]>'],
    },
  ],
];

/** The marks of a model, or undefined when its name is not known: with wrong marks a model writes nonsense. */
export function fimMarksOf(model: string): FimMarks | undefined {
  const name = model.toLowerCase();
  return MARKS.find(([pattern]) => pattern.test(name))?.[1];
}
