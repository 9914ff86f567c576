//! What a JSON path may cost. `serde_json_path` cannot be stopped, neither while it reads a path nor while it follows
//! one, so that what takes too long is told from the path and the document beforehand.

use regex::RegexBuilder;
use serde_json::Value as Json;

/// The longest path.
const LONGEST: usize = 2_000;
/// The most brackets of any kind: its parser goes down by recursion.
const BRACKETS: usize = 60;
/// How deep `[…]` may stand in each other: the time to read a path doubles with each filter inside another.
const NESTING: usize = 6;
/// The most steps that a path may take in a document, as far as they can be told: some seconds.
const STEPS: u64 = 30_000_000;
/// The steps that `match` and `search` are worth: they compile their pattern anew for every node.
const CALL: u64 = 10_000;
/// How large a pattern of theirs may be, compiled.
const PATTERN: usize = 1 << 18;

/// Whether a path can be read in time.
pub(super) fn can_be_read(path: &str) -> bool {
    let shape = Shape::of(path);
    path.len() <= LONGEST && shape.brackets <= BRACKETS && shape.nesting <= NESTING
}

/// Whether a path can be followed in time, in a document of this weight.
pub(super) fn can_be_followed(path: &str, document: &Json, weight: u64) -> bool {
    let shape = Shape::of(path);
    if !shape.patterns_are_small {
        return false;
    }
    let again = u32::try_from(shape.roots).unwrap_or(u32::MAX);
    // A node is come to once for each that it is nested in, by each `..` behind the first.
    let descents = u32::try_from(shape.descents.saturating_sub(1)).unwrap_or(u32::MAX);
    let steps = weight
        .saturating_mul(weight.saturating_pow(again))
        .saturating_mul(depth(document).saturating_pow(descents))
        .saturating_mul(shape.selectors)
        .saturating_mul(if shape.calls > 0 { CALL } else { 1 });
    steps <= STEPS
}

fn depth(value: &Json) -> u64 {
    match value {
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Json::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 1,
    }
}

/// What counts in a path.
struct Shape {
    brackets: usize,
    nesting: usize,
    descents: usize,
    /// How often a filter looks through the whole document from its root.
    roots: usize,
    /// The selectors of all `[…, …]`, multiplied: each gives its nodes once more.
    selectors: u64,
    calls: usize,
    patterns_are_small: bool,
}

impl Shape {
    fn of(path: &str) -> Self {
        let mut shape = Self {
            brackets: 0,
            nesting: 0,
            descents: 0,
            roots: 0,
            selectors: 1,
            calls: 0,
            patterns_are_small: true,
        };
        // For each `[` that is open: the `(` open in it, and its selectors.
        let mut open: Vec<(usize, u64)> = Vec::new();
        let mut rest = path;
        while let Some(character) = rest.chars().next() {
            let behind = &rest[character.len_utf8()..];
            match character {
                '\'' | '"' => {
                    rest = quoted(rest).1;
                    continue;
                }
                '[' => {
                    shape.brackets += 1;
                    open.push((0, 1));
                    shape.nesting = shape.nesting.max(open.len());
                }
                ']' => {
                    let (_, selectors) = open.pop().unwrap_or((0, 1));
                    shape.selectors = shape.selectors.saturating_mul(selectors);
                }
                '(' => {
                    shape.brackets += 1;
                    if let Some((brackets, _)) = open.last_mut() {
                        *brackets += 1;
                    }
                    let name = &path[..path.len() - rest.len()];
                    if name.ends_with("match") || name.ends_with("search") {
                        shape.calls += 1;
                        shape.patterns_are_small &=
                            pattern(behind).is_some_and(|pattern| is_small(&pattern));
                    }
                }
                ')' => {
                    if let Some((brackets, _)) = open.last_mut() {
                        *brackets = brackets.saturating_sub(1);
                    }
                }
                ',' => {
                    if let Some((0, selectors)) = open.last_mut() {
                        *selectors += 1;
                    }
                }
                '!' => shape.brackets += 1,
                '.' if behind.starts_with('.') => shape.descents += 1,
                '$' if !open.is_empty() && !leads_to_one(behind) => shape.roots += 1,
                _ => {}
            }
            rest = behind;
        }
        shape
    }
}

/// A quoted text at the start, with its quotes, and what is behind it.
fn quoted(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != bytes[0] {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    text.split_at_checked(at + 1).unwrap_or((text, ""))
}

/// Whether what follows a `$` is a plain way to one value: `.a['b'][0]`.
fn leads_to_one(behind: &str) -> bool {
    let mut rest = behind;
    loop {
        rest = match rest.as_bytes() {
            [b'.', b'.' | b'*', ..] => return false,
            [b'.', ..] => rest[1..].trim_start_matches(|character: char| {
                character.is_alphanumeric() || character == '_' || !character.is_ascii()
            }),
            [b'[', b'\'' | b'"', ..] => match quoted(&rest[1..]).1.strip_prefix(']') {
                Some(behind) => behind,
                None => return false,
            },
            [b'[', ..] => match rest[1..].split_once(']') {
                Some((index, behind)) if index.parse::<i64>().is_ok() => behind,
                _ => return false,
            },
            _ => return true,
        };
    }
}

/// The pattern of a `match` or `search`, whose arguments these are: the text that its last one is.
fn pattern(arguments: &str) -> Option<String> {
    let mut brackets = 0_usize;
    let mut last = None;
    let mut rest = arguments;
    while let Some(character) = rest.chars().next() {
        let behind = &rest[character.len_utf8()..];
        match character {
            '\'' | '"' => {
                let (text, behind) = quoted(rest);
                last = Some(text);
                rest = behind;
                continue;
            }
            ')' if brackets == 0 => break,
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            blank if blank.is_ascii_whitespace() => {}
            _ => last = None,
        }
        rest = behind;
    }
    let last = last?;
    let inside = last.get(1..last.len().checked_sub(1)?)?;
    let json = if last.starts_with('"') {
        last.to_owned()
    } else {
        format!("\"{}\"", inside.replace("\\'", "'").replace('"', "\\\""))
    };
    serde_json::from_str(&json).ok()
}

/// Whether a pattern takes no long time to be compiled, as `match` does it. One that is none finds nothing, and that
/// at once.
fn is_small(pattern: &str) -> bool {
    let compiled = RegexBuilder::new(&format!("(?R)^({pattern})$"))
        .size_limit(PATTERN)
        .nest_limit(60)
        .build();
    !matches!(compiled, Err(regex::Error::CompiledTooBig(_)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{can_be_followed, can_be_read};

    fn follows(path: &str, document: &Value, weight: u64) -> bool {
        assert!(can_be_read(path), "{path}");
        can_be_followed(path, document, weight)
    }

    #[test]
    fn z28_paths_that_take_too_long_to_read_are_refused() {
        for path in [
            "$".to_owned() + &"[?@".repeat(7) + &"]".repeat(7),
            "$[?".to_owned() + &"(".repeat(70) + "@.a" + &")".repeat(70) + "]",
            "$".to_owned() + &".a".repeat(1_100),
        ] {
            assert!(!can_be_read(&path), "{path}");
        }
        for path in [
            "$.a['[[[[[[[[['][?@.b == '((((((((']",
            "$[?@.a[?@.b[?@.c]]]",
            "$[0][1][2][3][4][5][6][7][8]",
        ] {
            assert!(can_be_read(path), "{path}");
        }
    }

    #[test]
    fn z28_paths_that_take_too_long_to_follow_are_refused() {
        let nested = (0..60).fold(json!(1), |inside, _| json!([inside]));
        for path in [
            "$[?$..a]".to_owned(),
            "$[?@.a == $['a'][*]]".to_owned(),
            "$..*..*..*..*..*".to_owned(),
            "$".to_owned() + &"[*,*]".repeat(30),
            "$[?match(@, '(\\\\w{99}){99}')]".to_owned(),
            "$[?match(@, 'a\\u007b999999}')]".to_owned(),
            "$[?search(@.a, @.b)]".to_owned(),
        ] {
            assert!(!follows(&path, &nested, 20_000), "{path}");
        }
        for path in [
            "$..id",
            "$.items[*]['id','name','e,m,a,i,l']",
            "$[?@.a == $.b['c..d'][0]]",
            "$..a..b",
            "$[?length(@.a) > 1 && count(@.*) == 2]",
        ] {
            assert!(follows(path, &nested, 20_000), "{path}");
        }
        assert!(follows(
            "$.a[?search(@.b, '^\\\\d{4}-(x|y)\\'$')]",
            &nested,
            2_000
        ));
        assert!(
            follows("$[?match(@, '[')]", &nested, 100),
            "it finds nothing"
        );
    }
}
