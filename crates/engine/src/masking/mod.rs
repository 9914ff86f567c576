//! What is secret in a run, and how it is hidden before anyone hears of it (CONTRACT section 3, *Secret*).
//!
//! Values become secret by where they come from (a password field, a secret variable, a cookie), by their name
//! (`token`, `apiKey`), or because they feed a request parameter. A secret of six characters or more is hidden
//! wherever else it turns up, also percent-encoded and in base64.
//!
//! Here is what a run knows to be secret; how it learns of it is in [`learn`], and how it is hidden is in [`values`]
//! for JSON and in [`texts`] for everything that is sent as text.

mod body;
mod learn;
mod paths;
mod syntax;
mod texts;
mod values;
mod written;

use std::collections::HashSet;

use serde_json::Value;

pub use self::body::BodyText;
use self::paths::Paths;
use crate::needles::{Needles, SHORTEST};
use crate::secret_name::{is_fact_name, is_secret_name};

/// What stands where a secret was.
pub const MASK: &str = "•••";

/// The secrets of one run.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    reveal: bool,
    known: HashSet<String>,
    /// What is looked for in texts.
    needles: Needles,
    /// Output paths that feed a request parameter, and others that are secret whatever their names.
    paths: Paths,
}

impl Secrets {
    /// No secrets yet; with `reveal` nothing is ever hidden.
    pub fn new(reveal: bool) -> Self {
        Self {
            reveal,
            ..Self::default()
        }
    }

    /// Marks an output path, such as `login.body.token`, as secret with all that is below it.
    pub fn add_path(&mut self, path: Vec<String>) {
        if !path.is_empty() {
            self.paths.add(path);
        }
    }

    /// Makes a text secret wherever it turns up. A short one is hidden in its own place only.
    pub fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        if self.reveal || secret.chars().count() < SHORTEST || self.known.contains(secret) {
            return;
        }
        self.known.insert(secret.to_owned());
        self.needles.add(secret);
    }

    /// Whether a variable or an output feeds a request parameter.
    pub fn feeds_parameter(&self, path: &[&str]) -> bool {
        self.paths.touches(path)
    }
}

/// Whether a member is secret by its name, or because a path ends with it.
fn is_secret_member(name: &str, at: Option<&Paths>) -> bool {
    at.is_some_and(Paths::ends_here) || is_secret_name(name)
}

/// A number about a secret, such as `expires_in` inside a `session`. A text may be the secret itself, whatever its
/// name: cookies are called anything.
fn is_fact(name: &str, member: &Value) -> bool {
    member.is_number() && is_fact_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_hidden_where_all_is_to_be_shown() {
        let mut secrets = Secrets::new(true);
        secrets.add("s3cr3t-value");
        assert_eq!(secrets.mask_text("s3cr3t-value"), "s3cr3t-value");
        assert_eq!(
            secrets.mask_header("Authorization", "Bearer abc"),
            "Bearer abc"
        );
    }
}
