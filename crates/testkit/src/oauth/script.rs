//! What a test may decide about the server.

use std::collections::BTreeMap;

use serde_json::Value;

use super::authorization::CallbackAnswer;
use super::client::ExpectedClient;
use super::device::{DeviceAnswer, DevicePoll};
use super::discovery::DiscoveryAnswer;
use super::identity::IdToken;
use super::proof::PkceRule;
use super::registration::RegistrationAnswer;
use super::revocation::RevocationAnswer;
use super::token::TokenAnswer;

/// How the server answers. Lists are for one request after another, the last entry for all that follow; an empty
/// list stands for [`Default`].
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The path of the issuer, `/tenant` say; empty where it is the origin alone.
    pub issuer_path: String,
    /// Who may ask for tokens, and how they say who they are.
    pub client: ExpectedClient,
    /// Which proof of possession of the code is asked for.
    pub pkce: PkceRule,
    /// Parameters that go by another name here: `client_id` → `app_id`.
    pub names: BTreeMap<String, String>,
    /// The callback's name for the code; `code` where left out.
    pub code_param: Option<String>,
    /// The discovery document.
    pub discovery: DiscoveryAnswer,
    /// Members of the discovery document that are added or replaced, or with null taken away.
    pub metadata: Value,
    /// How the browser comes back.
    pub callback: Vec<CallbackAnswer>,
    /// Answers of the token endpoint to everything but a refresh and a pending device.
    pub token: Vec<TokenAnswer>,
    /// Answers of the token endpoint to a refresh.
    pub refresh: Vec<TokenAnswer>,
    /// Answers of the device authorization endpoint.
    pub device: Vec<DeviceAnswer>,
    /// Answers of the token endpoint to a device.
    pub device_polls: Vec<DevicePoll>,
    /// Answers to a client that registers itself.
    pub registration: RegistrationAnswer,
    /// Answers to a token that is given back.
    pub revocation: Vec<RevocationAnswer>,
    /// The ID token, where answers have one.
    pub id_token: Option<IdToken>,
    /// The server's time in Unix seconds; the machine's where left out.
    pub now: Option<i64>,
}

/// The entry for a request that came after `count` others.
pub(super) fn entry<T: Clone + Default>(list: &[T], count: usize) -> T {
    list.get(count)
        .or_else(|| list.last())
        .cloned()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn the_last_entry_stays() {
        assert_eq!([0, 1, 2].map(|count| entry(&[7, 8], count)), [7, 8, 8]);
        assert_eq!(entry::<u8>(&[], 3), 0);
    }
}
