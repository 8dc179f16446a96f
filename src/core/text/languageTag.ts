const TAGS = new Map(
  Object.entries({
    cjs: 'js',
    cs: 'csharp',
    cts: 'ts',
    cc: 'cpp',
    cxx: 'cpp',
    ex: 'elixir',
    exs: 'elixir',
    h: 'c',
    hh: 'cpp',
    hpp: 'cpp',
    htm: 'html',
    jsonc: 'json',
    kt: 'kotlin',
    kts: 'kotlin',
    markdown: 'md',
    mjs: 'js',
    mts: 'ts',
    ps1: 'powershell',
    pyi: 'python',
    py: 'python',
    rb: 'ruby',
    rs: 'rust',
    sh: 'bash',
    yml: 'yaml',
  }),
);

/** The info string of a fenced code block for a file: its language, or its extension when that names one. */
export function languageTag(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'dockerfile' || name === 'makefile') return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot + 1) : '';
  return TAGS.get(extension) ?? extension.replace(/[^a-z0-9+#-]/g, '');
}
