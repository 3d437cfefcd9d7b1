/** Name and version of the instrumentation scope; a test keeps them equal to package.json. */
export const PACKAGE_NAME = '@genspan/instrumentation-openai';
export const PACKAGE_VERSION = '0.1.0';

/** Versions of `openai` whose seams are known and tested. */
export const SUPPORTED_VERSIONS = '>=4.19.0 <8';

/** Whether a version of `openai` is in {@link SUPPORTED_VERSIONS}; prereleases count as their version. */
export function isSupportedVersion(version: string): boolean {
  const [major = NaN, minor = NaN] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (Number.isNaN(major) || Number.isNaN(minor)) return false;
  return (major > 4 && major < 8) || (major === 4 && minor >= 19);
}
