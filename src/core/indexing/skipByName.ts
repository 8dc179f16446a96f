import type { SkipReason } from '../ports/indexStore.ts';

/** In small letters: `yarn.lock`, `gradle.lockfile`, `package-lock.json`, `go.work.sum` and their like; others are known by what is in them. */
const LOCK_FILE =
  /\.lock(?:file|b)?$|[._-]lock\.(?:json5?|jsonc|hcl)$|^pnpm-lock\.yaml$|^go(?:\.work)?\.sum$|^npm-shrinkwrap\.json$|^package\.resolved$/;
const SOURCE_MAP = /\.(?:[cm]?[jt]sx?|css)\.map$/i;
const MINIFIED = /\.min\.(?:js|mjs|cjs|css|html)$/i;

const BINARY_EXTENSIONS = new Set(
  (
    'png jpg jpeg gif bmp ico icns webp avif heic tif tiff psd ai sketch xcf eps ' +
    'mp3 mp4 m4a m4v wav ogg oga ogv flac aac webm mov avi mkv wmv flv mid ' +
    'woff woff2 ttf otf eot ' +
    'zip gz tgz bz2 xz zst lz4 br 7z rar tar jar war ear apk aab ipa deb rpm dmg iso msi cab vsix nupkg whl egg crx ' +
    'exe dll so dylib lib a o obj pdb ilk class pyc pyo pyd wasm node bin elc beam rlib rmeta ' +
    'pdf doc docx xls xlsx ppt pptx odt ods odp rtf ' +
    'sqlite sqlite3 db db3 mdb accdb parquet arrow feather avro orc npy npz pkl pickle h5 hdf5 rdb ' +
    'onnx pb pt pth ckpt safetensors gguf tflite tfrecord ' +
    'glb fbx blend 3ds stl dae unity3d uasset umap ds_store swp'
  ).split(' '),
);

/** Whether a package manager's file of what it chose has this name. */
export function isLockFileName(name: string): boolean {
  return LOCK_FILE.test(name.toLowerCase());
}

/** Why a file of this name is not worth reading; `undefined` when it may be. */
export function skipByName(name: string): SkipReason | undefined {
  const lower = name.toLowerCase();
  if (isLockFileName(name) || SOURCE_MAP.test(name)) return 'generated';
  if (MINIFIED.test(name)) return 'minified';
  return BINARY_EXTENSIONS.has(lower.slice(lower.lastIndexOf('.') + 1)) && lower.includes('.')
    ? 'binary'
    : undefined;
}
