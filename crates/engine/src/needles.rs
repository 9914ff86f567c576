//! What is looked for in texts: the known secrets, in every shape that they may have on the way.
//!
//! What is secret, and what stands in its place, is [`crate::masking`]'s. New secrets come with most steps and are
//! looked for at once, so that adding one must cost no more when there are many: they are kept in order, and a small
//! table of their beginnings says for nearly every place in a text that none begins there. Where a text was made to
//! be slow to search that way, an automaton searches it, in time that depends on the text's length alone.

use std::collections::BTreeSet;
use std::ops::{Bound, Range};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What leaves `-._~` as they are (RFC 3986), which most clients use.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// What a value keeps in a path behind `| safe`.
const PATH: &AsciiSet = &UNRESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');
/// The shortest secret that is looked for, in characters: a shorter one turns up by chance everywhere.
pub(crate) const SHORTEST: usize = 6;
/// The shortest piece of base64 that is looked for: a shorter one turns up by chance.
const SHORTEST_BASE64: usize = SHORTEST;
/// How many bytes may be compared for each byte of a text before the automaton takes over.
const PATIENCE: usize = 16;
/// How many may be compared for a text, however short it is.
const LEAST_PATIENCE: usize = 64 * 1024;

/// Texts to look for, all at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needles {
    /// As bytes, whose order is the one that a search needs.
    texts: BTreeSet<Box<[u8]>>,
    beginnings: Beginnings,
    longest: usize,
    /// Made at the first search that needs it after a new text.
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Needles {
    /// Adds a secret, of at least [`SHORTEST`] characters, in all its shapes.
    pub(crate) fn add(&mut self, secret: &str) {
        for shape in shapes(secret) {
            let shape = shape.into_bytes().into_boxed_slice();
            let Some(beginning) = shape.first_chunk() else {
                debug_assert!(shape.is_empty(), "no shape is shorter than its secret");
                continue;
            };
            self.beginnings.add(*beginning);
            self.longest = self.longest.max(shape.len());
            if self.texts.insert(shape) {
                self.automaton = OnceLock::new();
            }
        }
    }

    /// The ranges of a text that hold a secret, overlapping ones as one, so that no part of any is left over.
    pub(crate) fn find(&self, text: &str) -> Vec<Range<usize>> {
        if self.texts.is_empty() {
            return Vec::new();
        }
        self.find_in_order(text.as_bytes(), LEAST_PATIENCE + PATIENCE * text.len())
            .unwrap_or_else(|| self.find_by_automaton(text))
    }

    /// Looks at each place for a text that begins there. None where that takes more than so many comparisons.
    fn find_in_order(&self, text: &[u8], mut patience: usize) -> Option<Vec<Range<usize>>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (start, beginning) in text.windows(SHORTEST).enumerate() {
            let Some(beginning) = beginning.first_chunk() else {
                continue;
            };
            if !self.beginnings.may_have(*beginning) {
                continue;
            }
            let rest = &text[start..text.len().min(start + self.longest)];
            let Some(length) = self.longest_at(rest, &mut patience).ok()? else {
                continue;
            };
            let end = start + length;
            match found.last_mut().filter(|last| last.end > start) {
                Some(last) => last.end = last.end.max(end),
                None => found.push(start..end),
            }
        }
        Some(found)
    }

    /// How long the longest text is that the rest begins with.
    fn longest_at(
        &self,
        rest: &[u8],
        patience: &mut usize,
    ) -> Result<Option<usize>, OutOfPatience> {
        let mut rest = rest;
        loop {
            *patience = patience.checked_sub(rest.len()).ok_or(OutOfPatience)?;
            let up_to_rest = (Bound::Unbounded, Bound::Included(rest));
            let Some(nearest) = self.texts.range::<[u8], _>(up_to_rest).next_back() else {
                return Ok(None);
            };
            let shared = shared_beginning(nearest, rest);
            if shared == nearest.len() {
                return Ok(Some(shared));
            }
            // Whatever the rest begins with comes before `nearest`, or is it, so that `nearest` begins with it too.
            if shared < SHORTEST {
                return Ok(None);
            }
            rest = &rest[..shared];
        }
    }

    fn find_by_automaton(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let Some(automaton) = self.automaton() else {
            return found;
        };
        for at in automaton.find_overlapping_iter(text) {
            let mut range = at.range();
            // In the order of their ends, so that a longer one may take in several before it.
            while let Some(last) = found.pop_if(|last| last.end > range.start) {
                range.start = range.start.min(last.start);
                range.end = range.end.max(last.end);
            }
            found.push(range);
        }
        found
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        let build = || {
            // Quick to make: it is for one text, most of the time.
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::NoncontiguousNFA))
                .build(&self.texts)
                .ok()
        };
        self.automaton.get_or_init(build).as_ref()
    }
}

/// Looking one text after another takes too long here: the automaton is asked instead.
struct OutOfPatience;

fn shared_beginning(one: &[u8], other: &[u8]) -> usize {
    one.iter()
        .zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

/// The first bytes of texts, as bits: two for each, so that a beginning that none has is seldom taken for one.
#[derive(Clone, Debug, Default)]
struct Beginnings(Vec<u64>);

impl Beginnings {
    const BITS: usize = 1 << 16;

    fn add(&mut self, beginning: [u8; SHORTEST]) {
        self.0.resize(Self::BITS / 64, 0);
        for bit in Self::bits(beginning) {
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// False where no text begins so.
    fn may_have(&self, beginning: [u8; SHORTEST]) -> bool {
        Self::bits(beginning).iter().all(|bit| {
            self.0
                .get(bit / 64)
                .is_some_and(|word| word >> (bit % 64) & 1 == 1)
        })
    }

    fn bits(beginning: [u8; SHORTEST]) -> [usize; 2] {
        let mut word = [0; 8];
        word[..SHORTEST].copy_from_slice(&beginning);
        let hash = u64::from_le_bytes(word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        [(hash >> 48) as usize, (hash >> 32) as usize % Self::BITS]
    }
}

fn shapes(secret: &str) -> Vec<String> {
    let mut shapes = vec![secret.to_owned()];
    push_base64(&mut shapes, STANDARD_NO_PAD.encode(secret));
    for offset in 0..3 {
        if let Some(inside) = base64_inside(secret, offset) {
            push_base64(&mut shapes, inside);
        }
    }
    if secret.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        // No encoding of addresses, forms or JSON changes it.
        return shapes;
    }
    let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = Value::String(secret.to_owned()).to_string();
    let relaxed = utf8_percent_encode(secret, UNRESERVED).to_string();
    shapes.extend([
        encoded.replace("%20", "+"),
        lower_escapes(&encoded),
        encoded,
        utf8_percent_encode(secret, PATH).to_string(),
        json.get(1..json.len() - 1).unwrap_or_default().to_owned(),
        lower_escapes(&relaxed),
        relaxed,
        lower_escapes(&form),
        form,
    ]);
    shapes
}

/// Adds base64 in both alphabets (RFC 4648 sections 4 and 5), once where it is the same in both.
fn push_base64(shapes: &mut Vec<String>, standard: String) {
    if standard.contains(['+', '/']) {
        shapes.push(standard.replace('+', "-").replace('/', "_"));
    }
    shapes.push(standard);
}

/// The characters of base64 that the secret alone decides where it stands behind `offset` other bytes.
fn base64_inside(secret: &str, offset: usize) -> Option<String> {
    let mut bytes = vec![0; offset];
    bytes.extend_from_slice(secret.as_bytes());
    let from = (offset * 8).div_ceil(6);
    let to = bytes.len() * 8 / 6;
    if to < from + SHORTEST_BASE64 {
        return None;
    }
    let encoded = STANDARD_NO_PAD.encode(&bytes);
    encoded.get(from..to).map(str::to_owned)
}

/// `%2F` as `%2f`.
fn lower_escapes(encoded: &str) -> String {
    let mut lower = String::with_capacity(encoded.len());
    let mut escaped = 0;
    for character in encoded.chars() {
        lower.push(if escaped > 0 {
            character.to_ascii_lowercase()
        } else {
            character
        });
        escaped = if character == '%' {
            2
        } else {
            usize::saturating_sub(escaped, 1)
        };
    }
    lower
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Of few letters, so that secrets overlap, hold one another and begin alike.
        #[test]
        fn both_ways_of_searching_find_the_same_in_any_text(
            secrets in proptest::collection::vec("[ab]{6,10}", 1..20),
            text in "[ab/]{0,120}",
        ) {
            let mut needles = Needles::default();
            for secret in &secrets {
                needles.add(secret);
            }
            let text = format!("{text}{}{text}{}", secrets[0], secrets.concat());
            prop_assert_eq!(
                needles.find_in_order(text.as_bytes(), usize::MAX).unwrap(),
                needles.find_by_automaton(&text)
            );
        }
    }

    fn found(secrets: &[&str], text: &str) -> Vec<String> {
        let mut needles = Needles::default();
        for secret in secrets {
            needles.add(secret);
        }
        needles
            .find(text)
            .into_iter()
            .map(|range| text[range].to_owned())
            .collect()
    }

    #[test]
    fn z29_a_secret_is_found_inside_longer_base64_at_each_offset() {
        for before in ["", "a", "ab", "abc"] {
            let text = STANDARD_NO_PAD.encode(format!("{before}s3cr3t-value tail"));
            assert_eq!(found(&["s3cr3t-value"], &text).len(), 1, "{text}");
        }
    }

    #[test]
    fn z29_a_secret_is_found_in_both_alphabets_of_base64() {
        // At some offset each of its pieces has a `+` or a `/`.
        let secret = "~?>~?>~?>~?>";
        for before in ["", "a", "ab", "abc"] {
            let plain = format!("{before}{secret} tail");
            for text in [
                STANDARD_NO_PAD.encode(&plain),
                URL_SAFE_NO_PAD.encode(&plain),
            ] {
                assert_eq!(found(&[secret], &text).len(), 1, "{text}");
            }
        }
    }

    #[test]
    fn overlapping_secrets_are_one_range() {
        assert_eq!(
            found(&["abcdefgh", "ghijklmn", "cdefgh"], "x abcdefghijklmn y"),
            ["abcdefghijklmn"]
        );
        assert_eq!(found(&["abcdef"], "abcdef abcdef"), ["abcdef", "abcdef"]);
    }

    /// Texts that were made to be slow to search: beginnings that go on for long and end otherwise, in all lengths.
    fn unkind(lengths: &[usize]) -> (Needles, String) {
        let mut needles = Needles::default();
        for length in lengths {
            needles.add(&format!("{}b", "a".repeat(*length)));
            needles.add(&"a".repeat(*length));
        }
        let runs = lengths.iter().map(|length| "a".repeat(length + 1));
        (needles, runs.collect::<Vec<_>>().join("b-"))
    }

    #[test]
    fn both_ways_of_searching_find_the_same() {
        let (mut needles, unkind) = unkind(&[6, 7, 9, 30, 31]);
        for secret in [
            "abcdefgh",
            "ghijklmn",
            "cdefgh",
            "a/b+c~d*e f",
            "äöüßäöü",
            "%2F%2F%2F",
        ] {
            needles.add(secret);
        }
        let encoded = STANDARD_NO_PAD.encode("..abcdefgh..äöüßäöü..");
        for text in [
            "",
            "abc",
            "abcdef",
            "x abcdefghijklmn y abcdefgh",
            "äöüßäöüßäöü",
            "a%2fb%2Bc~d*e%20f",
            "%2F%2F%2F%2F%252F%252F%252F",
            &encoded,
            &unkind,
        ] {
            assert_eq!(
                needles.find_in_order(text.as_bytes(), usize::MAX).unwrap(),
                needles.find_by_automaton(text),
                "{text}"
            );
        }
        assert!(!needles.find(&unkind).is_empty());
    }

    #[test]
    fn z28_a_text_made_to_be_slow_to_search_is_left_to_the_automaton() {
        let (needles, text) = unkind(&[40_000, 39_000, 38_000]);
        let patience = LEAST_PATIENCE + PATIENCE * text.len();
        assert_eq!(needles.find_in_order(text.as_bytes(), patience), None);
        assert_eq!(needles.find(&text), needles.find_by_automaton(&text));
        assert!(!needles.find(&text).is_empty());
    }

    #[test]
    fn escapes_are_found_in_small_letters_too() {
        assert_eq!(lower_escapes("A%2FB%C3%A4C"), "A%2fB%c3%a4C");
        assert_eq!(
            found(&["a/b+c~d*e f"], "q=a%2fb%2bc%7ed*e+f"),
            ["a%2fb%2bc%7ed*e+f"]
        );
    }
}
