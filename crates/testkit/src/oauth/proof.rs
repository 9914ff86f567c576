//! Proof Key for Code Exchange (RFC 7636), from the server's side.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::recorded::OauthRequest;

/// Which challenge an authorization request must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PkceRule {
    /// Any or none; where there is one, the verifier must fit.
    #[default]
    Any,
    /// `S256`.
    S256,
    /// `plain`.
    Plain,
    /// None: a provider that refuses parameters it does not know.
    Forbidden,
}

/// A challenge as it was sent with an authorization request.
#[derive(Clone, Debug)]
pub(super) struct Challenge {
    value: String,
    is_s256: bool,
}

impl Challenge {
    /// The challenge of a request, if any; or why it cannot be taken.
    pub fn read(request: &OauthRequest, rule: PkceRule) -> Result<Option<Self>, String> {
        let value = request.parameter("code_challenge");
        let method = request.parameter("code_challenge_method");
        let challenge = match (value, method) {
            (None, None) => None,
            (None, Some(_)) => return Err("a code_challenge_method without a challenge".into()),
            // Section 4.3: plain, where it is not said.
            (Some(value), None | Some("plain")) => Some(Self::new(value, false)),
            (Some(value), Some("S256")) => Some(Self::new(value, true)),
            (Some(_), Some(other)) => return Err(format!("the code_challenge_method {other}")),
        };
        let fits = match (rule, &challenge) {
            (PkceRule::Any, _) | (PkceRule::Forbidden, None) => true,
            (PkceRule::S256, Some(challenge)) => challenge.is_s256,
            (PkceRule::Plain, Some(challenge)) => !challenge.is_s256,
            (PkceRule::S256 | PkceRule::Plain, None) | (PkceRule::Forbidden, Some(_)) => false,
        };
        if fits {
            Ok(challenge)
        } else {
            Err(format!(
                "the rule for PKCE is {rule:?}, and the challenge was {challenge:?}"
            ))
        }
    }

    fn new(value: &str, is_s256: bool) -> Self {
        Self {
            value: value.to_owned(),
            is_s256,
        }
    }

    /// Whether a verifier is well formed (section 4.1) and belongs to the challenge (section 4.6).
    pub fn is_met_by(&self, verifier: &str) -> bool {
        let well_formed = (43..=128).contains(&verifier.len())
            && verifier
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        let expected = if self.is_s256 {
            URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
        } else {
            verifier.to_owned()
        };
        well_formed && expected == self.value
    }
}

#[cfg(test)]
mod tests {
    use super::Challenge;

    /// RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn the_rfc_s_own_example_is_met() {
        let s256 = Challenge::new("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", true);
        assert!(s256.is_met_by(VERIFIER));
        assert!(!s256.is_met_by(&VERIFIER.replace('d', "e")));
        let plain = Challenge::new(VERIFIER, false);
        assert!(plain.is_met_by(VERIFIER));
        assert!(!plain.is_met_by("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }

    #[test]
    fn a_verifier_that_is_too_short_is_not_met() {
        let short = "a".repeat(42);
        assert!(!Challenge::new(&short, false).is_met_by(&short));
        let enough = "a".repeat(43);
        assert!(Challenge::new(&enough, false).is_met_by(&enough));
    }
}
