//! Names of which none comes twice: `list`, `list_2`, `list_3`.

use std::collections::HashMap;

/// Names that are taken.
///
/// Of as many names, as many are tried: the number of a wanted name only goes up, and a name such as `a_12` is a
/// candidate of `a` alone, once.
#[derive(Debug, Default)]
pub(crate) struct Unique {
    /// A name, and the number that it was last given.
    taken: HashMap<String, u64>,
}

impl Unique {
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    /// The name, or one made of it that is free.
    pub fn take(&mut self, wanted: &str) -> String {
        let Some(last) = self.taken.get(wanted).copied() else {
            self.taken.insert(wanted.to_owned(), 1);
            return wanted.to_owned();
        };
        let mut number = last;
        loop {
            number += 1;
            let candidate = format!("{wanted}_{number}");
            if !self.taken.contains_key(&candidate) {
                self.taken.insert(wanted.to_owned(), number);
                self.taken.insert(candidate.clone(), 1);
                return candidate;
            }
        }
    }
}

impl<'n> FromIterator<&'n str> for Unique {
    /// Names that are taken from the beginning.
    fn from_iter<Names: IntoIterator<Item = &'n str>>(names: Names) -> Self {
        let taken = names.into_iter().map(|name| (name.to_owned(), 1));
        Self {
            taken: taken.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Unique;

    #[test]
    fn no_name_comes_twice() {
        let mut unique = Unique::default();
        let names: Vec<_> = ["a", "a", "a_2", "a", "b"]
            .iter()
            .map(|name| unique.take(name))
            .collect();
        assert_eq!(names, ["a", "a_2", "a_2_2", "a_3", "b"]);
    }

    #[test]
    fn a_name_that_was_there_is_passed_over() {
        let mut unique: Unique = ["a", "a_2"].into_iter().collect();
        assert_eq!(unique.take("a"), "a_3");
        assert_eq!(unique.take("a_2"), "a_2_2");
    }

    #[test]
    fn the_next_number_is_looked_for_behind_the_last_one() {
        let mut unique: Unique = ["a_2", "a_3", "a_4"].into_iter().collect();
        let names: Vec<_> = (0..3).map(|_| unique.take("a")).collect();
        assert_eq!(names, ["a", "a_5", "a_6"]);
        assert_eq!(unique.taken["a"], 6);
    }
}
