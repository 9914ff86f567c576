//! `regex` and `regex_all`. Patterns take time linear in the text, whatever they are; how much for each byte is up to
//! the pattern, and is charged for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ::regex::{Captures, Regex, RegexBuilder};
use minijinja::{Error, State, Value};

use super::super::environment::nothing;
use super::arguments::{failed, text};

/// How many compiled patterns are kept.
const KEPT: usize = 128;
/// How large a compiled pattern may be.
const LARGEST: usize = 1 << 20;
/// How many bytes that are looked through count as one instruction.
const LOOKED_THROUGH: u64 = 1_000;

/// The first group of the first match; the whole match where the pattern has no group.
pub(super) fn regex(state: &State<'_, '_>, input: &Value, pattern: &Value) -> Result<Value, Error> {
    let (text, pattern) = (text(input)?, compiled("regex", pattern)?);
    charge(state, pattern.as_str(), &text)?;
    let found = pattern
        .captures(&text)
        .and_then(|captures| found(&captures));
    Ok(found.map_or_else(|| nothing(state, "regex"), Value::from))
}

/// The same of every match; one that its group has no part in is null.
pub(super) fn regex_all(
    state: &State<'_, '_>,
    input: &Value,
    pattern: &Value,
) -> Result<Value, Error> {
    let (text, pattern) = (text(input)?, compiled("regex_all", pattern)?);
    charge(state, pattern.as_str(), &text)?;
    let mut all = Vec::new();
    for captures in pattern.captures_iter(&text) {
        // The next search may look at all of the rest, and give it back.
        let behind = captures.get(0).map_or(0, |found| text.len() - found.end());
        state.consume_fuel(1 + behind as u64 / LOOKED_THROUGH)?;
        all.push(Value::from(found(&captures)));
    }
    Ok(Value::from(all))
}

fn found(captures: &Captures<'_>) -> Option<String> {
    let group = usize::from(captures.len() > 1);
    captures.get(group).map(|found| found.as_str().to_owned())
}

fn compiled(filter: &str, pattern: &Value) -> Result<Arc<Regex>, Error> {
    static COMPILED: OnceLock<Mutex<HashMap<String, Arc<Regex>>>> = OnceLock::new();
    let pattern = text(pattern)?;
    let mut compiled = COMPILED
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = compiled.get(pattern.as_ref()) {
        return Ok(Arc::clone(regex));
    }
    let regex = RegexBuilder::new(&pattern)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .nest_limit(60)
        .build();
    let regex = Arc::new(regex.map_err(|error| {
        let reason = error.to_string();
        let reason = reason
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned();
        failed(format!("`{filter}`: the pattern cannot be read: {reason}"))
    })?);
    if compiled.len() >= KEPT {
        compiled.clear();
    }
    compiled.insert(pattern.into_owned(), Arc::clone(&regex));
    Ok(regex)
}

/// Charges for what a pattern may cost at worst, where it has to follow all its ways through the text at once.
fn charge(state: &State<'_, '_>, pattern: &str, text: &str) -> Result<(), Error> {
    /// What has no more ways than this is charged alike.
    const FEW: u64 = 64;
    /// How many ways through one byte count as one instruction.
    const WAYS: u64 = 1_000;
    let ways = ways(pattern).max(FEW);
    state.consume_fuel((text.len() as u64).saturating_mul(ways) / WAYS)
}

/// How many ways a pattern has, about: its characters and classes, with what is repeated so many times counted as
/// often.
fn ways(pattern: &str) -> u64 {
    // For each group that is open: all that is in it, and the last part, which a repetition is about.
    let mut open = vec![(0_u64, 0_u64)];
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        let mut behind = &rest[character.len_utf8()..];
        let mut part = None;
        match character {
            '(' => open.push((0, 0)),
            ')' if open.len() > 1 => {
                part = open.pop().map(|(all, last)| all.saturating_add(last));
            }
            '[' => {
                behind = behind_class(behind);
                part = Some(1);
            }
            '{' => {
                if let Some((times, after)) = behind.split_once('}').and_then(repetition) {
                    behind = after;
                    if let Some((_, last)) = open.last_mut() {
                        *last = last.saturating_mul(times);
                    }
                }
            }
            '*' | '+' | '?' | '|' => {}
            // With the flag `x` a repetition is about what stands before the blanks.
            blank if blank.is_whitespace() => {
                if let Some((all, _)) = open.last_mut() {
                    *all = all.saturating_add(1);
                }
            }
            '\\' => {
                behind = behind.strip_prefix(|_| true).unwrap_or_default();
                part = Some(1);
            }
            _ => part = Some(1),
        }
        if let (Some(part), Some((all, last))) = (part, open.last_mut()) {
            *all = all.saturating_add(*last);
            *last = part;
        }
        rest = behind;
    }
    open.into_iter().fold(0, |ways, (all, last)| {
        ways.saturating_add(all).saturating_add(last)
    })
}

/// The most times that `{n,m}` stands for, at least one; `None` where it is none.
fn repetition<'a>((inside, behind): (&str, &'a str)) -> Option<(u64, &'a str)> {
    let mut numbers = inside.split(',').map(str::trim);
    let least = numbers.next()?.parse::<u64>().ok()?;
    let most = numbers.next().and_then(|most| most.parse::<u64>().ok());
    Some((most.unwrap_or(least).max(1), behind))
}

/// What is behind a class `[…]`, the text starting inside it.
fn behind_class(inside: &str) -> &str {
    let mut depth = 1_usize;
    let mut characters = inside.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '[' => depth += 1,
            // The first one after `[` or `[^` is a character of the class.
            ']' if depth == 1 && matches!(&inside[..at], "" | "^") => {}
            ']' if depth == 1 => return &inside[at + 1..],
            ']' => depth -= 1,
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use minijinja::Value;

    use super::super::super::environment::environment;
    use super::{regex_all, ways};

    fn fuel(text: &str, pattern: &str) -> u64 {
        let state = environment().empty_state();
        regex_all(&state, &Value::from(text), &Value::from(pattern)).expect("it is in bounds");
        state.fuel_levels().expect("fuel is counted").0
    }

    #[test]
    fn z28_searches_that_look_through_the_rest_each_time_are_charged_for_it() {
        let text = "ab".repeat(2_000);
        let looking_far = fuel(&text, "[ab]*c|a");
        assert!(looking_far > 2_000 * 2, "{looking_far}");
        let once = fuel(&text, "[ab]*");
        assert!(once < 500, "{once}");
    }

    #[test]
    fn z28_the_ways_of_a_pattern_are_counted() {
        for (pattern, expected) in [
            ("", 0),
            ("abc", 3),
            (r"[0-9a-f]{8}-[0-9a-f]{4}-\d{4}", 18),
            ("(a{9}b){9}", 90),
            ("((a{99}){99}){99}", 970_299),
            ("a{2,5}|b{3,}c*", 9),
            (r"[]{9}][^]{9}][a\]{9}][[:alpha:]{9}]x{2}", 6),
            (r"\{99}a{x}{", 7),
            ("(?x) (a{9}) {9}", 84),
            ("(((a", 1),
            (")a))", 4),
            ("a{99999999999}{99999999999}", u64::MAX),
        ] {
            assert_eq!(ways(pattern), expected, "{pattern}");
        }
    }
}
