//! The search: by title, words, category and method, tolerant of case, accents and one typo.
//!
//! Each word of the query has to be found; how well decides the order, and the title where that is the same. So the
//! same query always gives the same list.

use strsim::osa_distance;

use crate::entries::{Entry, entries};
use crate::fold::words;

/// Shorter words are taken as they are: with a typo they could be anything.
const SHORTEST_WITH_TYPO: usize = 4;

/// Entries that fit a query, the best first; all of them by title where the query has no words.
pub fn search(query: &str) -> Vec<&'static Entry> {
    let query = words(query);
    let mut found: Vec<(u32, &Entry)> = entries()
        .iter()
        .filter_map(|entry| Some((rank(entry, &query)?, entry)))
        .collect();
    // Stable: what is found equally well stays in the order of titles.
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// How far an entry is from a query, each of whose words it has; 0 is the nearest.
fn rank(entry: &Entry, query: &[String]) -> Option<u32> {
    let mut title = words(&entry.about.title);
    // As one word too: "git hub" is "github", and "jiracloud" is "Jira Cloud".
    title.push(title.concat());
    let more: Vec<String> = entry
        .about
        .words
        .iter()
        .chain([&entry.about.category, &entry.about.method])
        .flat_map(|text| words(text))
        .chain(words(entry.id))
        .collect();
    let summary = words(&entry.about.summary);
    query
        .iter()
        .map(|word| distance(word, &title, &more, &summary))
        .sum()
}

/// Whether a word fits.
type Fits<'a> = &'a dyn Fn(&str) -> bool;

fn distance(word: &str, title: &[String], more: &[String], summary: &[String]) -> Option<u32> {
    let any = |words: &[String], fits: &dyn Fn(&str) -> bool| words.iter().any(|other| fits(other));
    let same: &dyn Fn(&str) -> bool = &|other| other == word;
    let begins: Fits<'_> = &|other| other.starts_with(word);
    let within: Fits<'_> = &|other| word.chars().count() > 2 && other.contains(word);
    let typo: Fits<'_> = &|other| nearly(word, other);
    let kinds: [(&[String], Fits<'_>); 9] = [
        (title, same),
        (title, begins),
        (more, same),
        (more, begins),
        (summary, begins),
        (title, within),
        (title, typo),
        (more, typo),
        (summary, typo),
    ];
    kinds
        .iter()
        .zip(0..)
        .find_map(|((words, fits), distance)| any(words, fits).then_some(distance))
}

/// Whether a word is another but for one letter too many, missing, wrong, or swapped with the next; also where only
/// the beginning is typed yet.
fn nearly(word: &str, other: &str) -> bool {
    let length = word.chars().count();
    if length < SHORTEST_WITH_TYPO {
        return false;
    }
    if osa_distance(word, other) <= 1 {
        return true;
    }
    (length - 1..=length + 1).any(|end| {
        other
            .char_indices()
            .nth(end)
            .is_some_and(|(at, _)| osa_distance(word, &other[..at]) <= 1)
    })
}
