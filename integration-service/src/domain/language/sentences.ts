/** A stretch of the folded text; `end` is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Words that end with a full stop without ending a sentence. */
const abbreviations =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|e\.g|i\.e|etc|approx|no|vs|inc|ltd|co|fig|rev|vol|sec|max|min|ca|resp|[a-z])$/i;

const trimmed = (plain: string, start: number, end: number): Stretch => {
  let from = start;
  let to = end;
  while (from < to && /[\s\-*>]/.test(plain[from] ?? '')) from += 1;
  while (to > from && /\s/.test(plain[to - 1] ?? '')) to -= 1;
  return { start: from, end: to };
};

/** Sentences and lines: split at line ends and at full stops, question and exclamation marks that end something. */
export const sentencesOf = (plain: string): readonly Stretch[] => {
  const found: Stretch[] = [];
  let start = 0;
  const cut = (end: number): void => {
    const sentence = trimmed(plain, start, end);
    if (sentence.end > sentence.start) found.push(sentence);
    start = end;
  };
  for (let at = 0; at < plain.length; at += 1) {
    const character = plain[at];
    if (character === '\n') cut(at + 1);
    else if (character === '.' || character === '!' || character === '?') {
      if (character === '.' && abbreviations.test(plain.slice(Math.max(0, at - 8), at))) continue;
      let after = at + 1;
      while (/[.!?"')\]»]/.test(plain[after] ?? '')) after += 1;
      if (after >= plain.length || /\s/.test(plain[after] ?? '')) {
        cut(after);
        at = after - 1;
      }
    }
  }
  cut(plain.length);
  return found;
};

/** Marks and joining words that begin a new thought inside a sentence. */
const joints =
  /[;:()]|\s-\s|,\s+(?=(?:and|but|so|because|which|who|since|though|although|while|whereas|when|where|if|unless|until|as|yet|or)\s)|\s(?=(?:because|although|whereas|while)\s)/gi;

/** The thoughts of a sentence: a claim is judged by the words of its own thought. */
export const clausesOf = (plain: string, { start, end }: Stretch): readonly Stretch[] => {
  const found: Stretch[] = [];
  let from = start;
  for (const joint of plain.slice(start, end).matchAll(joints)) {
    const at = start + joint.index;
    // "14:30" and "4:1" are no joints.
    if (joint[0] === ':' && /\d/.test(plain[at - 1] ?? '') && /\d/.test(plain[at + 1] ?? '')) continue;
    found.push(trimmed(plain, from, at));
    from = at + joint[0].length;
  }
  found.push(trimmed(plain, from, end));
  return found.filter((clause) => clause.end > clause.start);
};
