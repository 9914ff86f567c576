//! Where the API of a file is, told by its addresses: what most of them begin with.

use std::cmp::Reverse;
use std::collections::HashMap;

/// The value that is there most often; the first of several. Empty ones do not count.
pub(crate) fn commonest<'v>(values: impl IntoIterator<Item = &'v str>) -> Option<&'v str> {
    let mut counts: HashMap<&str, (usize, Reverse<usize>)> = HashMap::new();
    for (index, value) in values.into_iter().enumerate() {
        if !value.is_empty() {
            counts.entry(value).or_insert((0, Reverse(index))).0 += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, order)| *order);
    most.map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::commonest;

    #[test]
    fn the_first_of_those_that_are_there_most_often() {
        assert_eq!(commonest(["a", "b", "c", "b", "c", ""]), Some("b"));
        assert_eq!(commonest(["", "", "a"]), Some("a"));
        assert_eq!(commonest([""]), None);
    }
}
