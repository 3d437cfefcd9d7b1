const STAR = '*'.charCodeAt(0);

/**
 * Whether `text` as a whole fits `glob`, in which `*` stands for any characters, also none, and everything else for
 * itself.
 *
 * Takes at most (length of the glob × length of the text) steps: after a mismatch only the last `*` is stretched, since
 * what an earlier one could do instead the last one can do, too.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let inGlob = 0;
  let inText = 0;
  let behindStar = -1;
  let stretchedTo = 0;
  while (inText < text.length) {
    // NaN at the end of the glob: equal to nothing.
    const wanted = glob.charCodeAt(inGlob);
    if (wanted === STAR) {
      behindStar = ++inGlob;
      if (behindStar === glob.length) return true;
      stretchedTo = inText;
    } else if (wanted === text.charCodeAt(inText)) {
      inGlob += 1;
      inText += 1;
    } else if (behindStar >= 0) {
      inGlob = behindStar;
      inText = ++stretchedTo;
    } else {
      return false;
    }
  }
  while (glob.charCodeAt(inGlob) === STAR) inGlob += 1;
  return inGlob === glob.length;
}
