//! Output paths that are secret with all that is below them, as a tree that is walked along with a value: each
//! member costs one look at its own name, however many paths there are and however deep it lies.

use std::collections::HashMap;

/// What follows a part of the paths.
#[derive(Clone, Debug, Default)]
pub(super) struct Paths {
    next: HashMap<String, Paths>,
    ends_here: bool,
}

impl Paths {
    /// Adds a path, such as `login`, `body`, `token`.
    pub(super) fn add(&mut self, path: Vec<String>) {
        let mut at = self;
        for part in path {
            at = at.next.entry(part).or_default();
        }
        at.ends_here = true;
    }

    /// What follows a member's name.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        if self.next.is_empty() {
            return None;
        }
        self.next.get(name)
    }

    /// What follows the number of a list's item.
    pub(super) fn item(&self, index: usize) -> Option<&Self> {
        if self.next.is_empty() {
            return None;
        }
        self.next.get(&index.to_string())
    }

    /// What follows a path.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |at, part| at.member(part))
    }

    /// Whether a path ends here.
    pub(super) fn ends_here(&self) -> bool {
        self.ends_here
    }

    /// Whether a path leads through here or ends before.
    pub(super) fn touches(&self, path: &[&str]) -> bool {
        let mut at = self;
        for part in path {
            if at.ends_here {
                return true;
            }
            match at.member(part) {
                Some(next) => at = next,
                None => return false,
            }
        }
        at.ends_here || !at.next.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Paths;

    fn paths() -> Paths {
        let mut paths = Paths::default();
        for path in [
            "login.body.token",
            "login.body",
            "vars.key",
            "pick.body.0.id",
        ] {
            paths.add(path.split('.').map(str::to_owned).collect());
        }
        paths
    }

    #[test]
    fn a_path_ends_where_it_was_said_to_and_goes_on_below() {
        let paths = paths();
        let ends = |path: &[&str]| paths.at(path).is_some_and(Paths::ends_here);
        assert!(ends(&["login", "body"]) && ends(&["login", "body", "token"]));
        assert!(!ends(&["login"]) && !ends(&["body"]) && !ends(&["login", "body", "other"]));
        let item = paths.at(&["pick", "body"]).and_then(|at| at.item(0));
        assert!(
            item.and_then(|at| at.member("id"))
                .is_some_and(Paths::ends_here)
        );
        assert!(
            paths
                .at(&["pick", "body"])
                .and_then(|at| at.item(1))
                .is_none()
        );
    }

    #[test]
    fn a_value_is_touched_by_a_path_to_it_into_it_and_to_what_it_is_part_of() {
        let paths = paths();
        for path in [
            &["vars", "key"][..],
            &["vars"],
            &["vars", "key", "part"],
            &["pick", "body"],
        ] {
            assert!(paths.touches(path), "{path:?}");
        }
        for path in [&["vars", "other"][..], &["key"], &["pick", "headers"]] {
            assert!(!paths.touches(path), "{path:?}");
        }
        assert!(!Paths::default().touches(&["vars"]));
    }
}
