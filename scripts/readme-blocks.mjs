// Finds the code blocks of a Markdown file and what its author says about them.

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([\w-]*)/;
const DIRECTIVE = /^\s*<!--\s*(not run|file|run)\s*(?::\s*(.*?))?\s*-->\s*$/;
const RUNNABLE = new Set(['js', 'mjs', 'cjs', 'ts', 'javascript', 'typescript']);
const SHELLS = new Set(['sh', 'bash', 'shell']);

/**
 * What becomes of a block: a runnable language runs as a module of its own, a shell block only after `<!-- run -->`.
 * `<!-- file: app.mjs -->` writes the block under that name for the shell blocks after it, and `<!-- not run: reason -->` leaves it.
 *
 * @typedef {{ line: number, language: string, code: string, action: 'run' | 'shell' | 'file' | 'skip', argument: string }} Block
 *   `line` is that of the opening fence, from 1; `argument` is the file's name or the reason
 *
 * @param {string} markdown
 * @returns {Block[]} the blocks that hold code which could run, or that say something about themselves
 * @throws Error when a directive has no reason or name, or a fence is not closed
 */
export function codeBlocks(markdown) {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  const blocks = [];
  let directive;
  for (let index = 0; index < lines.length; index += 1) {
    const said = DIRECTIVE.exec(lines[index]);
    if (said) {
      directive = { word: said[1], argument: said[2] ?? '' };
      if (directive.word !== 'run' && directive.argument === '') {
        throw new Error(`line ${index + 1}: Expected \`<!-- ${directive.word}: … -->\`, got nothing after the colon`);
      }
      continue;
    }
    const opening = FENCE.exec(lines[index]);
    if (opening === null) {
      if (lines[index].trim() !== '') directive = undefined;
      continue;
    }
    const [, indent, marks, language] = opening;
    const closing = lines.findIndex(
      (line, at) => at > index && line.trim().startsWith(marks) && /^[`~\s]+$/.test(line),
    );
    if (closing < 0) throw new Error(`line ${index + 1}: Expected the block to be closed, got the end of the file`);
    const code = lines
      .slice(index + 1, closing)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    const action = actionOf(language.toLowerCase(), directive);
    if (action !== undefined) {
      blocks.push({ line: index + 1, language, code: code.join('\n'), action, argument: directive?.argument ?? '' });
    }
    index = closing;
    directive = undefined;
  }
  return blocks;
}

function actionOf(language, directive) {
  if (directive?.word === 'not run') return 'skip';
  if (directive?.word === 'file') return 'file';
  if (SHELLS.has(language)) return directive?.word === 'run' ? 'shell' : undefined;
  return RUNNABLE.has(language) ? 'run' : undefined;
}

/** The file a runnable block becomes: what has an import or export statement is an ES module. */
export function moduleExtension({ language, code }) {
  const isModule = /^\s*(import\s*['"{*\w]|export\s)|^await\s|^\s*for await\b/m.test(code) && !/\brequire\(/.test(code);
  const kind = language.toLowerCase();
  if (kind === 'mjs' || kind === 'cjs') return `.${kind}`;
  const extension = kind.startsWith('t') ? 'ts' : 'js';
  return (isModule ? '.m' : '.c') + extension;
}
