/** How good a passphrase is against somebody who has the file and all the time there is. Pure. */

export interface PassphraseAdvice {
  level: "empty" | "weak" | "fair" | "strong";
  words: string;
}

const LEAST_CHARACTERS = 12;
const ENOUGH_CHARACTERS = 20;
const ENOUGH_WORDS = 4;

export function passphraseAdvice(passphrase: string): PassphraseAdvice {
  const length = [...passphrase].length;
  if (length === 0) {
    return {
      level: "empty",
      words: "Four or more words that do not belong together are good, and easy to say.",
    };
  }
  if (length < LEAST_CHARACTERS) {
    const missing = LEAST_CHARACTERS - length;
    return {
      level: "weak",
      words: `Weak: ${missing} more ${missing === 1 ? "character" : "characters"} at least.`,
    };
  }
  if (new Set(passphrase.toLowerCase()).size < 6) {
    return { level: "weak", words: "Weak: the same few characters again and again are soon found." };
  }
  const words = new Set(
    passphrase
      .toLowerCase()
      .split(/[\s\-_.]+/)
      .filter((word) => word.length > 2),
  );
  if (length >= ENOUGH_CHARACTERS || words.size >= ENOUGH_WORDS) {
    return {
      level: "strong",
      words: "Strong. Keep it where you will find it: nobody can open the file without it.",
    };
  }
  return { level: "fair", words: "Fair. Another word or two would make it strong." };
}
