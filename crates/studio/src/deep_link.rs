//! Links of our own scheme, as the system hands them over: outside input, whoever started us with it (SAFETY Z15,
//! Z38). They carry the answers of sign-ins and do nothing else.
//!
//! An answer that no sign-in waits for may be one to a sign-in that was interrupted: a journal knows it by the digest
//! of its state, and the person is told (SAFETY Z16, F18). Neither the state nor a code is kept, logged or told.

use latchwork_engine::{BrowserRequest, CallbackRefusal, ReceivedBy};
use latchwork_model::ErrorCode;
use latchwork_store::NewPendingAuthorization;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::error::StudioError;
use crate::sso::SSO_CONNECTOR;
use crate::studio::{Studio, note};
use crate::wire::{AppError, StudioNotice};

/// The scheme of links to this program: a name with a period (RFC 8252 section 7.1). A development build has its own,
/// so that it never takes the links of the installed one.
pub const DEEP_LINK_SCHEME: &str = if cfg!(debug_assertions) {
    "studio.latchwork.dev"
} else {
    "studio.latchwork"
};

/// The redirect address of deep links to this program.
pub const DEEP_LINK_ADDRESS: &str = if cfg!(debug_assertions) {
    "studio.latchwork.dev://oauth/callback"
} else {
    "studio.latchwork://oauth/callback"
};

/// The longest address that is looked at, in bytes: no provider's answer comes near it.
const LONGEST_ADDRESS: usize = 16 * 1024;

/// The most parameters of an answer that are compared with the journal.
const MOST_PARAMETERS: usize = 64;

/// What became of an address that the system handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackOutcome {
    /// A sign-in that waits for it has it.
    Taken,
    /// It is none of ours, or asks for something that links cannot do: nothing was done.
    Ignored,
    /// It is the answer to a sign-in that was interrupted; the person is told.
    Interrupted,
    /// It was refused; the person is told.
    Refused(CallbackRefusal),
}

impl Studio {
    /// Takes an address that the system handed over to the sign-in that waits for it. Anything but the answer to a
    /// sign-in does nothing.
    pub async fn callback_received(&self, address: &str, by: ReceivedBy) -> CallbackOutcome {
        let Some(url) = link_of_ours(address) else {
            return CallbackOutcome::Ignored;
        };
        let refusal = match self.engine().authorizations().deliver(url.as_str(), by) {
            Ok(()) => return CallbackOutcome::Taken,
            Err(refusal) => refusal,
        };
        let is_waited_for = refusal.is_of_a_known_sign_in();
        if !is_waited_for && !is_callback(&url) {
            return CallbackOutcome::Ignored;
        }
        if !is_waited_for && self.tell_interrupted(&url).await {
            return CallbackOutcome::Interrupted;
        }
        let error = StudioError::CallbackRefused(refusal.clone());
        self.tell_notice(StudioNotice::DeepLinkRefused {
            error: AppError::from(error),
        });
        CallbackOutcome::Refused(refusal)
    }

    /// Says whose sign-in was interrupted, where the journal knows this answer.
    async fn tell_interrupted(&self, url: &Url) -> bool {
        for digest in state_digests(url).take(MOST_PARAMETERS) {
            let taken = self.store().pending_authorizations().take(&digest).await;
            let Ok(Some(interrupted)) = taken else {
                continue;
            };
            let connectors = self.store().connectors();
            let connector = connectors.get(&interrupted.connector_id).await.ok();
            let whose = match &connector {
                Some(connector) => format!("The sign-in to \u{201c}{}\u{201d}", connector.name),
                None if interrupted.connector_id == SSO_CONNECTOR => {
                    "The single sign-on of your account".to_owned()
                }
                None => "A sign-in".to_owned(),
            };
            self.tell_notice(StudioNotice::SignInInterrupted {
                connector_id: connector.as_ref().map(|connector| connector.id.clone()),
                connector_name: connector.map(|connector| connector.name),
                message: format!(
                    "{whose} was interrupted: Latchwork was closed before the browser came back, and the answer is of no use now. {}",
                    ErrorCode::OauthInterrupted.remedy()
                ),
            });
            return true;
        }
        false
    }

    /// Writes into the journal that a sign-in waits for the browser.
    pub(crate) async fn note_sign_in(&self, connector_id: &str, request: &BrowserRequest) {
        let entry = NewPendingAuthorization {
            state_digest: &request.state_digest,
            connector_id,
            step: &request.step,
            expires_at: request.expires_at,
        };
        // Without the journal an interrupted sign-in is told as an unknown answer; nobody loses more than that.
        let noted = self.store().pending_authorizations().add(entry).await;
        note(noted.map_err(StudioError::from));
    }

    /// Takes a sign-in out of the journal: its wait is over.
    pub(crate) async fn forget_sign_in(&self, state_digest: &str) {
        let forgotten = self
            .store()
            .pending_authorizations()
            .take(state_digest)
            .await;
        note(forgotten.map(drop).map_err(StudioError::from));
    }
}

/// An address of our scheme, parsed; nothing where it is anything else.
fn link_of_ours(address: &str) -> Option<Url> {
    if address.len() > LONGEST_ADDRESS {
        return None;
    }
    let url = Url::parse(address.trim()).ok()?;
    (url.scheme() == DEEP_LINK_SCHEME).then_some(url)
}

/// Whether an address of our scheme is the redirect address; browsers may add a slash.
fn is_callback(url: &Url) -> bool {
    url.host_str() == Some("oauth") && url.path().trim_end_matches('/') == "/callback"
}

/// The digests that the journal could know an answer by: any parameter may be the state, under whatever name.
pub(crate) fn state_digests(url: &Url) -> impl Iterator<Item = String> {
    url.query_pairs().map(|(_, value)| digest(&value))
}

fn digest(state: &str) -> String {
    Sha256::digest(state.as_bytes())
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn z15_only_addresses_of_our_scheme_are_looked_at() {
        let ours = format!("{DEEP_LINK_ADDRESS}?code=c&state=s");
        assert!(link_of_ours(&ours).is_some_and(|url| is_callback(&url)));
        assert!(link_of_ours(&format!("{ours}&x={}", "a".repeat(LONGEST_ADDRESS))).is_none());
        for other in [
            "",
            "--practice",
            "/etc/passwd",
            "https://oauth/callback?code=c",
            "studio.latchwork.devil://oauth/callback",
            "javascript:alert(1)",
        ] {
            assert!(link_of_ours(other).is_none(), "{other}");
        }
        for action in ["oauth/open", "oauth/callback/x", "run/callback", "oauth"] {
            let url = link_of_ours(&format!("{DEEP_LINK_SCHEME}://{action}?code=c")).unwrap();
            assert!(!is_callback(&url), "{action}");
        }
        let slashed = link_of_ours(&format!("{DEEP_LINK_ADDRESS}/?code=c")).unwrap();
        assert!(is_callback(&slashed));
    }

    #[test]
    fn the_address_is_of_the_scheme() {
        assert_eq!(
            DEEP_LINK_ADDRESS,
            format!("{DEEP_LINK_SCHEME}://oauth/callback")
        );
    }
}
